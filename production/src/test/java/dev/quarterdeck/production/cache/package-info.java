@NullMarked
package dev.quarterdeck.production.cache;

import org.jspecify.annotations.NullMarked;
