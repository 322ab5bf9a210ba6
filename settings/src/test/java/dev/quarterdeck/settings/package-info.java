@NullMarked
package dev.quarterdeck.settings;

import org.jspecify.annotations.NullMarked;
