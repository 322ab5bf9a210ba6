/// Tests of the search language and of the index.
@NullMarked
package dev.quarterdeck.bookmarks.search;

import org.jspecify.annotations.NullMarked;
