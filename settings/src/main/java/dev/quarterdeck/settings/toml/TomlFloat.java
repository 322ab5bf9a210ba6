package dev.quarterdeck.settings.toml;

/// A floating-point number of 64 bits; may be infinite or NaN.
///
/// @param value the number
/// @param span its characters, sign included
public record TomlFloat(double value, Span span) implements TomlNode {
  @Override
  public String kind() {
    return "float";
  }

  @Override
  public boolean sameValue(TomlNode other) {
    return other instanceof TomlFloat that && Double.compare(that.value, value) == 0;
  }
}
