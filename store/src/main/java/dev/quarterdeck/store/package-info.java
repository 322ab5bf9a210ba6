@NullMarked
package dev.quarterdeck.store;

import org.jspecify.annotations.NullMarked;
