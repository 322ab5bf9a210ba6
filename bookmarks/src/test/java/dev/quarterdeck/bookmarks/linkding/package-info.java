@NullMarked
package dev.quarterdeck.bookmarks.linkding;

import org.jspecify.annotations.NullMarked;
