package dev.quarterdeck.production.source.git;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/// Finds and checks repositories of this machine.
final class Clones {
  private Clones() {}

  /// The directory that a `file:` URL names; only this machine's.
  static Path path(URI file) {
    try {
      return Path.of(file);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw Faults.unusable(
          "%s: %s (expected: the URL of a directory on this machine, like file:///srv/org.git)"
              .formatted(file, e.getMessage()));
    }
  }

  static Repository open(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw Faults.unusable(
          "%s: no such directory (expected: a Git repository, bare or with a work tree)"
              .formatted(directory));
    }
    Repository repository = opened(directory);
    try {
      refuseIncomplete(directory, repository);
      return repository;
    } catch (IOException e) {
      repository.close();
      throw Faults.unusable("%s: cannot be read: %s".formatted(directory, e.getMessage()));
    } catch (RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  private static Repository opened(Path directory) {
    try {
      FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
      @Nullable File git = RepositoryCache.FileKey.resolve(directory.toFile(), FS.DETECTED);
      if (git != null) {
        builder.setGitDir(git);
      } else if (Files.isRegularFile(directory.resolve(".git"))) {
        builder.setWorkTree(directory.toFile());
      } else {
        throw Faults.unusable(
            "%s: not a Git repository (expected: a bare clone, or a directory with .git in it)"
                .formatted(directory));
      }
      return builder.build();
    } catch (IOException e) {
      throw Faults.unusable(
          "%s: cannot be opened as a Git repository: %s (expected: a bare clone, or one with a work tree)"
              .formatted(directory, e.getMessage()));
    }
  }

  /// A shallow clone lacks commits and a partial one files: both would answer wrongly, not fail.
  private static void refuseIncomplete(Path directory, Repository repository) throws IOException {
    if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
      throw Faults.unusable(
          "%s: a shallow clone, whose history ends early (expected: a full clone); run git fetch --unshallow in it"
              .formatted(directory));
    }
    boolean partial =
        repository.getConfig().getSubsections("remote").stream()
            .anyMatch(
                remote -> repository.getConfig().getBoolean("remote", remote, "promisor", false));
    if (partial) {
      throw Faults.unusable(
          "%s: a partial clone, whose files are fetched when needed (expected: a full clone); clone it without --filter"
              .formatted(directory));
    }
  }
}
