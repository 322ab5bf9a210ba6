@NullMarked
package dev.quarterdeck.http.console;

import org.jspecify.annotations.NullMarked;
