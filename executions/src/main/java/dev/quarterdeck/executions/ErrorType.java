package dev.quarterdeck.executions;

import java.util.Locale;

/// What kind of thing went wrong, as the API says it.
public enum ErrorType {
  SCRIPT_ERROR,
  TIMEOUT,
  RESOURCE_LIMIT,
  SYSTEM_ERROR;

  private final String text = name().toLowerCase(Locale.ROOT);

  /// The name on the wire.
  public String text() {
    return text;
  }
}
