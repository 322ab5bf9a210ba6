@NullMarked
package dev.quarterdeck.store.sqlite;

import org.jspecify.annotations.NullMarked;
