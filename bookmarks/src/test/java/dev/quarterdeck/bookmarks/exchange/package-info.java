@NullMarked
package dev.quarterdeck.bookmarks.exchange;

import org.jspecify.annotations.NullMarked;
