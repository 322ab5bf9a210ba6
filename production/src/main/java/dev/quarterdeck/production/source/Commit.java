package dev.quarterdeck.production.source;

import java.time.Instant;
import java.util.List;

/// One commit.
///
/// @param id forty hexadecimal digits in lower case
/// @param date when the author wrote it, in whole seconds
/// @param message whole, line ends as in the repository without those at its end
/// @param parents full ids in order; none for a root
public record Commit(String id, Person author, Instant date, String message, List<String> parents) {
  public Commit {
    parents = List.copyOf(parents);
    message = message.stripTrailing();
  }

  /// The message's first line.
  public String subject() {
    return message.lines().findFirst().orElse("");
  }

  /// Who wrote a commit.
  ///
  /// @param name as written, maybe empty
  /// @param mail without angle brackets, maybe empty
  public record Person(String name, String mail) {
    /// Reads `Name <mail>`; text without brackets is a name.
    public static Person parse(String raw) {
      int open = raw.lastIndexOf('<');
      int close = raw.lastIndexOf('>');
      return open < 0 || close < open
          ? new Person(raw.strip(), "")
          : new Person(raw.substring(0, open).strip(), raw.substring(open + 1, close).strip());
    }
  }
}
