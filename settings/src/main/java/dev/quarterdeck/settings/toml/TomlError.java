package dev.quarterdeck.settings.toml;

import java.util.List;

/// A fault of a TOML document. Shows keys and kinds, never the value of a string, which may be a
/// secret.
///
/// @param code stable, one of [TomlCodes]
/// @param span what is wrong
/// @param message the key, where it is known, and what is wrong; without the place
/// @param hint what to do about it; empty when the message says it all
/// @param path the key that could not be read, from the root; the table when the key is not known;
///   empty when neither is. A key that is missing below it may be missing for this reason only.
public record TomlError(String code, Span span, String message, String hint, List<String> path) {
  public TomlError {
    path = List.copyOf(path);
  }

  @Override
  public String toString() {
    return span + ": " + message + (hint.isEmpty() ? "" : " (" + hint + ")") + " [" + code + "]";
  }
}
