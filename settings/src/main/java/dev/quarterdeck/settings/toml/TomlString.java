package dev.quarterdeck.settings.toml;

/// A string, escapes resolved. Its [#toString] does not show the value, which may be a secret.
///
/// @param value the text
/// @param span quotes included
public record TomlString(String value, Span span) implements TomlNode {
  @Override
  public String kind() {
    return "string";
  }

  @Override
  public boolean sameValue(TomlNode other) {
    return other instanceof TomlString that && that.value.equals(value);
  }

  @Override
  public String toString() {
    return "string at " + span;
  }
}
