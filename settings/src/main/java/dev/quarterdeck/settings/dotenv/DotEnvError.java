package dev.quarterdeck.settings.dotenv;

import dev.quarterdeck.settings.toml.Span;

/// A fault of a `.env` file. Never shows a value, which may be a secret.
///
/// @param code stable, one of [DotEnvCodes]
/// @param span what is wrong
/// @param message what is wrong, in one sentence without its place
/// @param hint what to do about it; empty when the message says it all
public record DotEnvError(String code, Span span, String message, String hint) {
  @Override
  public String toString() {
    return span + ": " + message + (hint.isEmpty() ? "" : " (" + hint + ")") + " [" + code + "]";
  }
}
