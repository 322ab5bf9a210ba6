package dev.quarterdeck.settings.toml;

/// An integer of 64 bits.
///
/// @param value the number
/// @param span its digits, sign and prefix included
public record TomlInteger(long value, Span span) implements TomlNode {
  @Override
  public String kind() {
    return "integer";
  }

  @Override
  public boolean sameValue(TomlNode other) {
    return other instanceof TomlInteger that && that.value == value;
  }
}
