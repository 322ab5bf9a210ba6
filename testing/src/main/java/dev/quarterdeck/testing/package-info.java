@NullMarked
package dev.quarterdeck.testing;

import org.jspecify.annotations.NullMarked;
