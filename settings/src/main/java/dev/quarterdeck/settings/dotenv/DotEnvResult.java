package dev.quarterdeck.settings.dotenv;

import java.util.List;

/// What reading a `.env` file gave. With errors, the entries are those that could be read.
///
/// @param entries in the order of the file, no name twice
/// @param errors in the order of the file; empty when the file is valid
public record DotEnvResult(List<DotEnvEntry> entries, List<DotEnvError> errors) {
  public DotEnvResult {
    entries = List.copyOf(entries);
    errors = List.copyOf(errors);
  }

  /// Whether the file is valid.
  public boolean ok() {
    return errors.isEmpty();
  }
}
