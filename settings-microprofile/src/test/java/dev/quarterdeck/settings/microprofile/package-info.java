@NullMarked
package dev.quarterdeck.settings.microprofile;

import org.jspecify.annotations.NullMarked;
