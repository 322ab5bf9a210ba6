/// Bookmarks in files: reading those of other programs and our own, and writing them.
@NullMarked
package dev.quarterdeck.bookmarks.exchange;

import org.jspecify.annotations.NullMarked;
