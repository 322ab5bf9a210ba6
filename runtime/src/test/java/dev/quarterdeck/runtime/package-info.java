@NullMarked
package dev.quarterdeck.runtime;

import org.jspecify.annotations.NullMarked;
