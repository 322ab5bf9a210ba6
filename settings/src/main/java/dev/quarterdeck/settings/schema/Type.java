package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.toml.TomlNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The type of a setting: which texts and TOML values it reads, and how its values are written.
/// Immutable; may be shared between threads.
public abstract class Type {
  Type() {}

  /// Reads a text, as environment variables hold it.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected"
  public abstract Object parse(String text);

  /// Reads a TOML value; null when it was rejected.
  public abstract @Nullable Object read(TomlNode node, Rejections rejections);

  /// Writes a value as a text that [#parse] reads back.
  public abstract String render(Object value);

  /// Writes a value as Java types that TOML and JSON have: text, whole number, real number, truth
  /// value, list, map.
  public Object plain(Object value) {
    return render(value);
  }

  /// The name in documentation: `integer`, `duration`, `list of text`.
  public abstract String name();

  /// What is read, after "expected": `a whole number`.
  public abstract String expected();

  /// Adds what JSON Schema says of the type.
  public abstract void describe(Map<String, Object> jsonSchema);

  /// A value that stands in for one that could not be read, so that other checks can go on; null
  /// when the type has none.
  public @Nullable Object placeholder() {
    return null;
  }

  /// The order of two values, or null when the type has no order.
  public @Nullable Integer order(Object a, Object b) {
    return null;
  }

  /// The number of characters or elements, or -1 when the type has no length.
  public int length(Object value) {
    return -1;
  }

  /// The type of the elements of a list, set or map, null for any other type.
  public @Nullable Type element() {
    return null;
  }

  /// This type when its elements are tables of settings, null for any other type.
  @Nullable TablesType tables() {
    return null;
  }

  /// Whether a later layer's value is added to an earlier one's, key by key.
  public boolean merges() {
    return false;
  }

  /// A later layer's value over an earlier one's.
  public Object merge(Object under, Object over) {
    return over;
  }

  /// The texts that are allowed, empty when there are too many to list.
  public java.util.List<String> choices() {
    return java.util.List.of();
  }
}
