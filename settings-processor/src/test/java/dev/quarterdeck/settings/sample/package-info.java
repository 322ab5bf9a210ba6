@NullMarked
package dev.quarterdeck.settings.sample;

import org.jspecify.annotations.NullMarked;
