package dev.quarterdeck.executions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The newest versions of executions that have not ended, as this process committed them, so that
/// the next step of each needs no read. Only a help: a commit checks the version, and what is not
/// here is in the store. Holds small ones, up to a bound of all together. Safe for all threads.
///
/// Each commit is announced with [#begin] before and [#end] after it. An entry stays until no
/// commit is under way, so a late [#end] can not bring back what has ended.
final class OpenExecutions {
  private static final long MOST_CHARACTERS = 16L << 20;
  private static final long MOST_CHARACTERS_OF_ONE = 64L << 10;
  private static final long CHARACTERS_OF_ALL = 1000;

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong held = new AtomicLong();

  private record Entry(int commits, @Nullable Execution latest, long weight) {}

  /// A version of this execution is about to be committed.
  void begin(String id) {
    entries.compute(
        id,
        (key, entry) ->
            entry == null
                ? new Entry(1, null, 0)
                : new Entry(entry.commits + 1, entry.latest, entry.weight));
  }

  /// The commit is over.
  ///
  /// @param committed the version that is durable now; empty when it was refused
  void end(String id, Optional<Execution> committed) {
    entries.computeIfPresent(id, (key, entry) -> ended(entry, committed));
  }

  private @Nullable Entry ended(Entry entry, Optional<Execution> committed) {
    Execution newest = committed.isEmpty() ? null : newer(entry.latest, committed.get());
    boolean over = newest != null && newest.finished().isPresent();
    int commits = entry.commits - 1;
    held.addAndGet(-entry.weight);
    if (newest == null || (over && commits == 0)) {
      return commits == 0 ? null : new Entry(commits, null, 0);
    }
    long weight = over ? 0 : weight(newest.program());
    if (weight > MOST_CHARACTERS_OF_ONE || held.addAndGet(weight) > MOST_CHARACTERS) {
      held.addAndGet(weight > MOST_CHARACTERS_OF_ONE ? 0 : -weight);
      return commits == 0 ? null : new Entry(commits, null, 0);
    }
    return new Entry(commits, newest, weight);
  }

  private static Execution newer(@Nullable Execution known, Execution committed) {
    return known != null && known.version() > committed.version() ? known : committed;
  }

  /// The newest version, if it is here.
  Optional<Execution> latest(String id) {
    Entry entry = entries.get(id);
    return entry == null ? Optional.empty() : Optional.ofNullable(entry.latest);
  }

  int size() {
    return entries.size();
  }

  private static long weight(Program program) {
    long files = program.files().stream().mapToLong(file -> file.content().length).sum();
    long cases =
        program.cases().stream()
            .mapToLong(each -> each.stdin().length() + length(each.arguments()))
            .sum();
    long variables = program.environment().values().stream().mapToLong(String::length).sum();
    return CHARACTERS_OF_ALL
        + program.source().length()
        + program.stdin().length()
        + length(program.arguments())
        + files
        + cases
        + variables;
  }

  private static long length(List<String> texts) {
    return texts.stream().mapToLong(String::length).sum();
  }
}
