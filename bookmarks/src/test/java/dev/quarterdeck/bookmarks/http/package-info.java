@NullMarked
package dev.quarterdeck.bookmarks.http;

import org.jspecify.annotations.NullMarked;
