@NullMarked
package dev.quarterdeck.bookmarks.app;

import org.jspecify.annotations.NullMarked;
