/// What a source said about full commit ids, kept on disk for ever: such answers never change.
@NullMarked
package dev.quarterdeck.production.cache;

import org.jspecify.annotations.NullMarked;
