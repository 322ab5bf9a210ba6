/// Long work of users that survives the process: imports, exports, changes of many bookmarks.
@NullMarked
package dev.quarterdeck.bookmarks.jobs;

import org.jspecify.annotations.NullMarked;
