@NullMarked
package dev.quarterdeck.settings.spring;

import org.jspecify.annotations.NullMarked;
