@NullMarked
package dev.quarterdeck.bookmarks.jobs;

import org.jspecify.annotations.NullMarked;
