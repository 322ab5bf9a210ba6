/// The schema of a settings record as the processor generates it, and the types of settings.
@NullMarked
package dev.quarterdeck.settings.schema;

import org.jspecify.annotations.NullMarked;
