/// Settings as a source of MicroProfile Config.
@NullMarked
package dev.quarterdeck.settings.microprofile;

import org.jspecify.annotations.NullMarked;
