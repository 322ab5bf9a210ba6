@NullMarked
package dev.quarterdeck.events;

import org.jspecify.annotations.NullMarked;
