/// The routes of search and of changes of many bookmarks, under `/api/v1/bookmarks`.
@NullMarked
package dev.quarterdeck.bookmarks.search.http;

import org.jspecify.annotations.NullMarked;
