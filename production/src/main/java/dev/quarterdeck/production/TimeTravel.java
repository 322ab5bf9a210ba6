package dev.quarterdeck.production;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.CommitLog;
import dev.quarterdeck.production.source.LogQuery;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.runtime.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Production as it was: at a commit, a tag or a branch, with the environments as they are now; or
/// at a date, with every branch as it was then.
final class TimeTravel {
  /// First parents of a branch that are read to find where it was.
  private static final int DEEPEST = 10_000;

  private static final int KEPT = 2;

  private final Source source;
  private final SnapshotBuilder builder;
  private final AuthorSearch search;
  private final Map<String, Snapshot> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Snapshot> eldest) {
          return size() > KEPT;
        }
      };

  TimeTravel(Source source, SnapshotBuilder builder, AuthorSearch search) {
    this.source = source;
    this.builder = builder;
    this.search = search;
  }

  /// The snapshot of another moment.
  ///
  /// @param at `2026-03-31` (the end of that day in UTC), an instant, or a commit, tag or branch
  Snapshot at(Call call, Snapshot now, String at) {
    Optional<Instant> moment = moment(at);
    Map<String, String> heads =
        moment.isPresent() ? headsAt(call, now, moment.get(), at) : headsOf(call, now, at);
    String key = heads + now.registry().hash();
    synchronized (kept) {
      Snapshot known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    Branches.Choice choice =
        new Branches.Choice(
            now.branch(),
            head(heads, now.branch()),
            now.environments().stream().map(EnvironmentState::name).toList(),
            List.of());
    Snapshot built = builder.build(call, choice, heads::get, now, now.asOf());
    Authors[] found = {now.authors()};
    boolean complete = searched(call, built, found);
    Snapshot whole = built.with(found[0]);
    if (complete) {
      synchronized (kept) {
        kept.put(key, whole);
      }
    }
    return whole;
  }

  /// What cannot be found now is pending.
  private boolean searched(Call call, Snapshot built, Authors[] found) {
    try {
      return search.search(call, built, found[0], true, more -> found[0] = more);
    } catch (SourceException failed) {
      if (failed.fault() instanceof SourceFault.Cancelled || !failed.fault().passing()) {
        throw failed;
      }
      return false;
    }
  }

  private static String head(Map<String, String> heads, String branch) {
    return Optional.ofNullable(heads.get(branch)).orElseThrow();
  }

  /// The moment that a text names, if it names one.
  static Optional<Instant> moment(String text) {
    try {
      return Optional.of(
          text.matches("\\d{4}-\\d{2}-\\d{2}")
              ? LocalDate.parse(text)
                  .plusDays(1)
                  .atStartOfDay()
                  .toInstant(ZoneOffset.UTC)
                  .minusNanos(1)
              : Instant.parse(text));
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }

  private Map<String, String> headsOf(Call call, Snapshot now, String name) {
    Commit commit =
        source
            .commit(call, name)
            .orElseThrow(
                () ->
                    new Problem.NotFound(
                            "commit_not_found",
                            "at: %s is no commit, tag or branch of %s, and no date"
                                    .formatted(Sides.shown(name), now.repository())
                                + " (expected: such a name, or a date such as 2026-03-31)")
                        .raise());
    Map<String, String> heads = new LinkedHashMap<>();
    for (EnvironmentState environment : now.environments()) {
      environment.commit().ifPresent(head -> heads.put(environment.name(), head));
    }
    heads.put(now.branch(), commit.id());
    return heads;
  }

  private Map<String, String> headsAt(Call call, Snapshot now, Instant moment, String asked) {
    Map<String, String> heads = new LinkedHashMap<>();
    now.heads()
        .forEach(
            (branch, head) -> {
              @Nullable String then = then(call, head, moment);
              if (then != null) {
                heads.put(branch, then);
              }
            });
    if (!heads.containsKey(now.branch())) {
      throw new Problem.NotFound(
              "nothing_then",
              "at: %s is before the first commit of %s".formatted(asked, now.branch()))
          .raise();
    }
    return heads;
  }

  private @Nullable String then(Call call, String head, Instant moment) {
    CommitLog log = source.log(call, LogQuery.firstParents(head, DEEPEST));
    return log.commits().stream()
        .filter(commit -> !commit.date().isAfter(moment))
        .map(Commit::id)
        .findFirst()
        .orElse(null);
  }
}
