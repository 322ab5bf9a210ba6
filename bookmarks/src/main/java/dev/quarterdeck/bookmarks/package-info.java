/// The team's links, with tags, collections and search. The types that others may name stand here;
/// routes are in `http`.
@NullMarked
package dev.quarterdeck.bookmarks;

import org.jspecify.annotations.NullMarked;
