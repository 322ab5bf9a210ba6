/// The embedded store: one SQLite file per area, one writer thread per file.
@NullMarked
package dev.quarterdeck.store.sqlite;

import org.jspecify.annotations.NullMarked;
