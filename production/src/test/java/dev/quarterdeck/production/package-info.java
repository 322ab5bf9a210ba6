@NullMarked
package dev.quarterdeck.production;

import org.jspecify.annotations.NullMarked;
