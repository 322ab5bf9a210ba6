package dev.quarterdeck.executions;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A file that lies beside the program while it runs.
///
/// @param name relative path with `/` between its parts: `data/names.txt`
public record SourceFile(String name, byte[] content) {
  /// Greatest number of characters of a name.
  public static final int NAME_CHARACTERS = 1024;

  private static final int PART_BYTES = 255;
  private static final int DEPTH = 32;

  /// The one name that the sandbox keeps for itself.
  private static final String RESERVED = ".stage";

  /// What is wrong with a name, after "expected": empty when nothing is.
  public static Optional<String> fault(String name) {
    if (name.isEmpty() || name.length() > NAME_CHARACTERS) {
      return Optional.of("1 to " + NAME_CHARACTERS + " characters");
    }
    if (name.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      return Optional.of("no control characters");
    }
    List<String> parts = List.of(name.split("/", -1));
    if (parts.size() > DEPTH) {
      return Optional.of("at most " + DEPTH + " directories deep");
    }
    for (String part : parts) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return Optional.of("a relative path without empty parts, . and ..");
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > PART_BYTES) {
        return Optional.of("parts of at most " + PART_BYTES + " bytes");
      }
    }
    return parts.getFirst().equals(RESERVED)
        ? Optional.of("another name than " + RESERVED + ", which the sandbox uses")
        : Optional.empty();
  }
}
