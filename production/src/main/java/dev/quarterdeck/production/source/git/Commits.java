package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// JGit's commits and ids as values of the port.
final class Commits {
  private Commits() {}

  static RevCommit parse(RevWalk walk, String id) throws IOException {
    return walk.parseCommit(id(id));
  }

  static ObjectId id(String id) {
    if (!ObjectId.isId(id)) {
      throw new SourceException(
          new SourceFault.NotFound(
              "commit: %s (expected: a full id of 40 hexadecimal digits)".formatted(id)));
    }
    return ObjectId.fromString(id);
  }

  static Commit value(RevCommit commit) {
    @Nullable PersonIdent author = commit.getAuthorIdent();
    return new Commit(
        commit.name(),
        author == null
            ? new Commit.Person("", "")
            : new Commit.Person(author.getName(), author.getEmailAddress()),
        author == null ? Instant.ofEpochSecond(commit.getCommitTime()) : author.getWhenAsInstant(),
        commit.getFullMessage(),
        Arrays.stream(commit.getParents()).map(RevCommit::name).toList());
  }
}
