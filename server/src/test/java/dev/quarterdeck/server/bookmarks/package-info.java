/// Bookmarks over real HTTP.
@NullMarked
package dev.quarterdeck.server.bookmarks;

import org.jspecify.annotations.NullMarked;
