/// linkding's REST API over this slice, so that linkding's clients connect unchanged. Paths,
/// fields, their order, statuses and error texts are linkding's.
@NullMarked
package dev.quarterdeck.bookmarks.linkding;

import org.jspecify.annotations.NullMarked;
