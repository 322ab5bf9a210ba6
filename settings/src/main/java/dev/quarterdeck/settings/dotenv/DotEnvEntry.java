package dev.quarterdeck.settings.dotenv;

import dev.quarterdeck.settings.toml.Span;

/// A variable of a `.env` file. Its [#toString] does not show the value, which may be a secret.
///
/// @param name letters, digits and `_`, not starting with a digit
/// @param value unquoted, escapes resolved; may be empty
/// @param nameSpan where the name stands
/// @param valueSpan where the value stands, quotes included
public record DotEnvEntry(String name, String value, Span nameSpan, Span valueSpan) {
  @Override
  public String toString() {
    return name + " at " + nameSpan;
  }
}
