/// Comparison of answers with an OpenAPI document.
@NullMarked
package dev.quarterdeck.testing.openapi;

import org.jspecify.annotations.NullMarked;
