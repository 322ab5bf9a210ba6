/// Templates of `src/main/jte`, compiled to Java by the build.
@NullMarked
package dev.quarterdeck.bookmarks.console.jte;

import org.jspecify.annotations.NullMarked;
