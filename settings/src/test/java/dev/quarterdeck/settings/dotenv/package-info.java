@NullMarked
package dev.quarterdeck.settings.dotenv;

import org.jspecify.annotations.NullMarked;
