/// Tests of changes of many bookmarks.
@NullMarked
package dev.quarterdeck.bookmarks.bulk;

import org.jspecify.annotations.NullMarked;
