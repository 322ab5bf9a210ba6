@NullMarked
package dev.quarterdeck.settings.units;

import org.jspecify.annotations.NullMarked;
