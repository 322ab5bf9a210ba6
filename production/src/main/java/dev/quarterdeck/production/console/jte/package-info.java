/// Templates of `src/main/jte`, compiled to Java by the build.
@NullMarked
package dev.quarterdeck.production.console.jte;

import org.jspecify.annotations.NullMarked;
