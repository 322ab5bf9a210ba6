/// The page of production state in the console.
@NullMarked
package dev.quarterdeck.production.console;

import org.jspecify.annotations.NullMarked;
