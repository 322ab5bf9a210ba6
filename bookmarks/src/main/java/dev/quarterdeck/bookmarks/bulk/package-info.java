/// One change of many bookmarks: planned, looked at, then done as a job with an outcome per
/// bookmark.
@NullMarked
package dev.quarterdeck.bookmarks.bulk;

import org.jspecify.annotations.NullMarked;
