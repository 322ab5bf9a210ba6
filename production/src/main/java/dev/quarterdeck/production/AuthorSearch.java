package dev.quarterdeck.production;

import dev.quarterdeck.production.cache.KeptAnswers;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.Source;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks for the last commit of every path of production, and of those that differ in each
/// environment, in that order, as far as the budget reaches. Used by one thread at a time.
final class AuthorSearch {
  private final Source source;
  private final @Nullable KeptAnswers answers;
  private final Queue<Runnable> unwritten = new ConcurrentLinkedQueue<>();

  /// @param answers where to keep what is found, or null
  AuthorSearch(Source source, @Nullable KeptAnswers answers) {
    this.source = source;
    this.answers = answers;
  }

  /// Goes on from what is known.
  ///
  /// @param thorough whether paths that came to differ only because production moved are looked for
  ///   too; else those wait
  /// @param progress told after each branch
  /// @return whether everything was found
  boolean search(
      Call call, Snapshot snapshot, Authors known, boolean thorough, Consumer<Authors> progress) {
    Authors authors = known;
    for (Map.Entry<String, String> head : snapshot.heads().entrySet()) {
      Set<String> paths = paths(snapshot, head.getKey());
      Optional<LastCommits> before = authors.of(head.getKey()).or(() -> kept(head.getKey()));
      boolean waits = !thorough && !head.getKey().equals(snapshot.branch());
      if (before.isPresent()
          && (covers(before.get(), head.getValue(), paths)
              || (waits
                  && covers(before.get(), head.getValue(), urgent(snapshot, head.getKey()))))) {
        authors = publish(authors, head.getKey(), before.get(), progress);
        continue;
      }
      LastCommits found =
          source.lastCommits(
              call,
              task(head.getValue(), paths, before.orElse(null)),
              previous(head.getValue(), before.orElse(null), authors, snapshot));
      String branch = head.getKey();
      unwritten.add(() -> keep(branch, found));
      authors = publish(authors, head.getKey(), found, progress);
      if (!found.complete()) {
        return false;
      }
    }
    return true;
  }

  /// Writes to disk what was found: after it was told, for nobody waits for that.
  void write() {
    for (Runnable next = unwritten.poll(); next != null; next = unwritten.poll()) {
      next.run();
    }
  }

  private void keep(String branch, LastCommits found) {
    if (answers != null) {
      answers.keep(branch, found);
    }
  }

  private static Set<String> paths(Snapshot snapshot, String branch) {
    return branch.equals(snapshot.branch())
        ? snapshot.production().paths()
        : snapshot.environment(branch).map(EnvironmentState::ownPaths).orElse(Set.of());
  }

  private Optional<LastCommits> kept(String branch) {
    return answers == null ? Optional.empty() : answers.lastCommits(branch);
  }

  /// Whether a path of an environment was not looked for yet.
  boolean lacksPaths(Snapshot snapshot, Authors known, boolean thorough) {
    return snapshot.heads().entrySet().stream()
        .filter(head -> !head.getKey().equals(snapshot.branch()))
        .anyMatch(head -> lacks(snapshot, known, thorough, head.getKey()));
  }

  private static boolean lacks(Snapshot snapshot, Authors known, boolean thorough, String branch) {
    Set<String> wanted = thorough ? paths(snapshot, branch) : urgent(snapshot, branch);
    return known.of(branch).filter(found -> found.owners().keySet().containsAll(wanted)).isEmpty();
  }

  /// Paths that only the environment has: nothing else is known of them.
  private static Set<String> urgent(Snapshot snapshot, String branch) {
    return snapshot.environment(branch).map(EnvironmentState::addedPaths).orElse(Set.of());
  }

  private static boolean ended(LastCommits found, String head) {
    return found.head().equals(head) && found.complete();
  }

  private static boolean covers(LastCommits found, String head, Set<String> paths) {
    return ended(found, head) && found.owners().keySet().containsAll(paths);
  }

  /// The search that was stopped goes on where it stood; another head or other paths begin anew,
  /// and end at what is known.
  private static LastCommits task(String head, Set<String> paths, @Nullable LastCommits before) {
    if (before != null && before.head().equals(head) && !before.complete()) {
      Set<String> asked = new HashSet<>(before.owners().keySet());
      asked.addAll(before.pending());
      if (asked.containsAll(paths)) {
        return before;
      }
    }
    return LastCommits.of(head, paths);
  }

  private static @Nullable LastCommits previous(
      String head, @Nullable LastCommits before, Authors authors, Snapshot snapshot) {
    if (before != null && !(before.head().equals(head) && !before.complete())) {
      return before;
    }
    return authors.of(snapshot.branch()).orElse(null);
  }

  private static Authors publish(
      Authors authors, String branch, LastCommits found, Consumer<Authors> progress) {
    if (authors.of(branch).filter(found::equals).isPresent()) {
      return authors;
    }
    Authors more = authors.with(branch, found);
    progress.accept(more);
    return more;
  }
}
