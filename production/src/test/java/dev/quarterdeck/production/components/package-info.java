@NullMarked
package dev.quarterdeck.production.components;

import org.jspecify.annotations.NullMarked;
