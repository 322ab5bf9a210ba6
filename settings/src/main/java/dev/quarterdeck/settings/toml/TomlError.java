package dev.quarterdeck.settings.toml;

/// A fault of a TOML document. Shows keys and kinds, never the value of a string, which may be a
/// secret.
///
/// @param code stable, one of [TomlCodes]
/// @param span what is wrong
/// @param message what is wrong, in one sentence without its place
/// @param hint what to do about it; empty when the message says it all
public record TomlError(String code, Span span, String message, String hint) {
  @Override
  public String toString() {
    return span + ": " + message + (hint.isEmpty() ? "" : " (" + hint + ")") + " [" + code + "]";
  }
}
