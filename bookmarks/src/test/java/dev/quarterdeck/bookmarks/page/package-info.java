@NullMarked
package dev.quarterdeck.bookmarks.page;

import org.jspecify.annotations.NullMarked;
