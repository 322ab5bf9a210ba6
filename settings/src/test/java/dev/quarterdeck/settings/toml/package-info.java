@NullMarked
package dev.quarterdeck.settings.toml;

import org.jspecify.annotations.NullMarked;
