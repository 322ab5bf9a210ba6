@NullMarked
package dev.quarterdeck.settings.processor;

import org.jspecify.annotations.NullMarked;
