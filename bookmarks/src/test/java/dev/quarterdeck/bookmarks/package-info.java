@NullMarked
package dev.quarterdeck.bookmarks;

import org.jspecify.annotations.NullMarked;
