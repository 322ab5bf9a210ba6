@NullMarked
package dev.quarterdeck.bookmarks.exchange.http;

import org.jspecify.annotations.NullMarked;
