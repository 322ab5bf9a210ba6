/// Routes of bookmarks: the seed's API (`/api/bookmarks`, `/api/tags`, `/api/collections`) and our
/// own (`/api/v1/bookmarks`).
@NullMarked
package dev.quarterdeck.bookmarks.http;

import org.jspecify.annotations.NullMarked;
