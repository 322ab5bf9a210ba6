package dev.quarterdeck.production;

import dev.quarterdeck.production.source.Commit;
import java.time.Instant;

/// The commit that last touched something.
///
/// @param hash full id
/// @param author name, or the mail address when there is no name
/// @param mail maybe empty
/// @param message whole
public record LastCommit(String hash, String author, String mail, Instant date, String message) {
  /// The same of a commit of the source.
  public static LastCommit of(Commit commit) {
    String name = commit.author().name();
    String mail = commit.author().mail();
    return new LastCommit(
        commit.id(), name.isEmpty() ? mail : name, mail, commit.date(), commit.message());
  }
}
