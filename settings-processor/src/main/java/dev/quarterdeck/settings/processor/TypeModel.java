package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.schema.Type;
import org.jspecify.annotations.Nullable;

/// The type of a component.
///
/// @param java the type as source code writes it, boxed or not as declared
/// @param expression source code that makes the engine's type
/// @param type the engine's type, null for a converter of the program's own
/// @param optional whether it is `Optional`
/// @param secret whether it is `Secret`
record TypeModel(
    String java, String expression, @Nullable Type type, boolean optional, boolean secret) {}
