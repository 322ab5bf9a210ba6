package dev.quarterdeck.production;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How production state is worked out.
///
/// @param branch production's branch; empty means `master`, or `main` when there is no `master`
/// @param environments branches to compare with production, in this order, `*` and `?` for any
///   text; none means every branch without a slash in its name
/// @param refsFor how long the branches' commits are taken as they were told, before the source is
///   asked again
/// @param requestBudget upstream requests of one refresh, and of one question about history
/// @param timeLimit of one refresh and of one question, as the caller waits for it
/// @param pause between two refreshes that look for authors after the budget was used up
/// @param workers components of one question worked on at once
/// @param cacheDirectory of what the source said about full commit ids
/// @param cacheBytes size of that directory at most
public record ProductionOptions(
    Optional<String> branch,
    List<String> environments,
    Duration refsFor,
    int requestBudget,
    Duration timeLimit,
    Duration pause,
    int workers,
    Path cacheDirectory,
    long cacheBytes) {
  public ProductionOptions {
    environments = List.copyOf(environments);
  }

  /// What holds when nobody says otherwise.
  public static ProductionOptions defaults(Path cacheDirectory) {
    return new ProductionOptions(
        Optional.empty(),
        List.of(),
        Duration.ofSeconds(30),
        320,
        Duration.ofSeconds(20),
        Duration.ofMinutes(20),
        8,
        cacheDirectory,
        1L << 30);
  }

  /// The same with other branches.
  public ProductionOptions withBranches(Optional<String> production, List<String> others) {
    return new ProductionOptions(
        production,
        others,
        refsFor,
        requestBudget,
        timeLimit,
        pause,
        workers,
        cacheDirectory,
        cacheBytes);
  }

  /// The same with so many workers.
  public ProductionOptions withWorkers(int count) {
    return new ProductionOptions(
        branch,
        environments,
        refsFor,
        requestBudget,
        timeLimit,
        pause,
        count,
        cacheDirectory,
        cacheBytes);
  }

  /// The same with another budget and another time for which refs hold.
  public ProductionOptions withRequests(int budget, Duration refs) {
    return new ProductionOptions(
        branch, environments, refs, budget, timeLimit, pause, workers, cacheDirectory, cacheBytes);
  }
}
