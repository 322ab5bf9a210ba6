package dev.quarterdeck.settings.toml;

import java.util.List;

/// What reading a TOML document gave. With errors, the root still holds everything that could be
/// read.
///
/// @param root the document
/// @param errors in the order of the file; empty when the document is valid
public record TomlResult(TomlTable root, List<TomlError> errors) {
  public TomlResult {
    errors = List.copyOf(errors);
  }

  /// Whether the document is valid.
  public boolean ok() {
    return errors.isEmpty();
  }
}
