/// The page of bookmarks in the console.
@NullMarked
package dev.quarterdeck.bookmarks.console;

import org.jspecify.annotations.NullMarked;
