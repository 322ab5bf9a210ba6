package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.schema.Type;
import org.jspecify.annotations.Nullable;

/// The type of a component.
///
/// @param java the type as source code writes it, boxed or not as declared
/// @param expression source code that makes the engine's type
/// @param type the engine's type, null for a converter of the program's own and for tables
/// @param optional whether it is `Optional`
/// @param secret whether it is `Secret`
/// @param own what is known of the converter, null for none
record TypeModel(
    String java,
    String expression,
    @Nullable Type type,
    boolean optional,
    boolean secret,
    @Nullable Own own) {

  /// A type that a converter of the program's own reads.
  ///
  /// @param single whether it is the whole type, not the element of a list or map
  /// @param ordered whether its values have an order
  /// @param name the type that it reads
  record Own(boolean single, boolean ordered, String name) {}
}
