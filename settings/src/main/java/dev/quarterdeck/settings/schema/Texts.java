package dev.quarterdeck.settings.schema;

import java.time.temporal.ChronoUnit;

/// Words for messages.
final class Texts {
  private Texts() {}

  /// What follows "expected" in a rejection's message.
  static String afterExpected(RuntimeException rejection, String otherwise) {
    String message = rejection.getMessage();
    return message != null && message.startsWith("expected ")
        ? message.substring("expected ".length())
        : otherwise;
  }

  static String plural(ChronoUnit unit) {
    return unit == ChronoUnit.MILLIS
        ? "milliseconds"
        : unit.toString().toLowerCase(java.util.Locale.ROOT);
  }
}
