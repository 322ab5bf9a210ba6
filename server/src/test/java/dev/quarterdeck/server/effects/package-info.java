/// Every setting with a consumer has an effect, seen from outside with two values.
@NullMarked
package dev.quarterdeck.server.effects;

import org.jspecify.annotations.NullMarked;
