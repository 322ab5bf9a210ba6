/// What commands print of settings: values with their origin, documentation, schema, examples. All
/// of it derives from the schema; none of it shows a secret.
@NullMarked
package dev.quarterdeck.settings.render;

import org.jspecify.annotations.NullMarked;
