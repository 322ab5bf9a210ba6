package dev.quarterdeck.settings.toml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The faults found so far, and the key that is being read.
final class Faults {
  private static final int MAX_ERRORS = 1000;

  /// The header that is in force, null in the root table.
  @Nullable KeyPart header;

  /// The key of the statement, once its `=` was seen.
  @Nullable KeyPart key;

  private final List<TomlError> errors = new ArrayList<>();

  /// Adds a fault of the key that is being read.
  void add(String code, Span span, String message, String hint) {
    List<String> path = new ArrayList<>();
    if (header != null) {
      header.addTo(path);
    }
    String subject = "";
    if (key != null) {
      key.addTo(path);
      subject = KeyPart.show(path) + ": ";
    }
    if (!tooMany()) {
      errors.add(new TomlError(code, span, subject + message, hint, path));
    }
  }

  /// Whether so much is wrong that reading on helps nobody.
  boolean tooMany() {
    return errors.size() >= MAX_ERRORS;
  }

  /// The faults in the order of the file.
  ///
  /// @param end where the reading ended
  List<TomlError> inOrder(Position end) {
    if (tooMany()) {
      errors.add(
          new TomlError(
              TomlCodes.TOO_MANY_ERRORS,
              new Span(end, end),
              "more than " + MAX_ERRORS + " faults; the rest of the file was not read",
              "is this a TOML file?",
              List.of()));
    }
    if (errors.size() > 1) {
      errors.sort(Comparator.comparingInt(e -> e.span().start().offset()));
    }
    return errors;
  }
}
