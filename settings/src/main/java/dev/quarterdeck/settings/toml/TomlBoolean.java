package dev.quarterdeck.settings.toml;

/// `true` or `false`.
///
/// @param value the truth value
/// @param span the word
public record TomlBoolean(boolean value, Span span) implements TomlNode {
  @Override
  public String kind() {
    return "boolean";
  }

  @Override
  public boolean sameValue(TomlNode other) {
    return other instanceof TomlBoolean that && that.value == value;
  }
}
