package dev.quarterdeck.benchmarks.production;

import dev.quarterdeck.production.Matrix;
import dev.quarterdeck.production.MatrixQuery;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.ProductionOptions;
import dev.quarterdeck.production.components.ComponentRegistry;
import dev.quarterdeck.production.fixtures.GeneratedOrg;
import dev.quarterdeck.production.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What is asked of every source: first answer, nothing new, one new commit, a new process, and
/// many callers at once.
final class Cases {
  private static final int CALLERS = 50;
  private static final int BUDGET = 320;
  private static final int SHOWN = 20;
  private static final int MOST_REFRESHES = 20;

  private final Rows rows;
  private final Path work;

  Cases(Rows rows, Path work) {
    this.rows = rows;
    this.work = work;
  }

  static MatrixQuery everything() {
    return MatrixQuery.all().page(MatrixQuery.LARGEST_PAGE);
  }

  static Production open(Source source, Path kept) {
    ProductionOptions options =
        new ProductionOptions(
            Optional.of(GeneratedOrg.BRANCHES.getFirst()),
            GeneratedOrg.BRANCHES.subList(1, GeneratedOrg.BRANCHES.size()),
            Duration.ofHours(1),
            BUDGET,
            Duration.ofMinutes(10),
            Duration.ZERO,
            8,
            kept.resolve("cache"),
            1L << 30);
    return Production.of(source, ComponentRegistry.builtIn(), options, Clock.systemUTC());
  }

  /// Measures one source.
  ///
  /// @return the first whole answer
  Matrix run(Rig rig, GeneratedOrg.Size size)
      throws IOException, ExecutionException, InterruptedException {
    Path kept = Files.createTempDirectory(work, "kept");
    Matrix first;
    rig.server().counters().reset();
    try (Production production = open(rig.open().apply(kept), kept)) {
      long start = System.nanoTime();
      production.matrix(MatrixQuery.all());
      rows.requests(
          rig.name(), "cold, first answer", rig.requests(production), 0, millisSince(start));
      waitForAuthors(production);
      int cold = rig.requests(production);
      rows.requests(
          rig.name(), "cold, up to the budget", cold, rig.coldTarget(), millisSince(start));
      pending(rig, production);
      catchUp(rig, production);
      again(rig, production, "warm, nothing new", 1);
      first = production.matrix(everything());
      GeneratedOrg.deploy(rig.git(), size, 3);
      again(rig, production, "one new commit", 4);
      Matrix moved = production.matrix(everything());
      rows.require(
          !moved.snapshot().commit().equals(first.snapshot().commit()),
          "the deployment is not seen");
      rows.require(moved.snapshot().pendingAuthors() == 0, "the deployment left authors unknown");
    }
    try (Production production = open(rig.open().apply(kept), kept)) {
      again(rig, production, "new process, same cache", 0);
    }
    manyAtOnce(rig);
    return first;
  }

  private void pending(Rig rig, Production production) {
    Matrix matrix = production.matrix(everything());
    long ofProduction =
        matrix.rows().stream().filter(row -> row.inProduction() && row.pending()).count();
    rows.text(
        "%-17s   authors pending: %,d components of production, %,d with those of other branches",
        rig.name(), ofProduction, matrix.snapshot().pendingAuthors());
  }

  /// What the budget of one refresh leaves over, later ones find.
  private void catchUp(Rig rig, Production production) {
    rig.server().counters().reset();
    int refreshes = 0;
    long start = System.nanoTime();
    int asked = BUDGET;
    // One that spent its whole budget may have left something over, though every author is known.
    while (asked >= BUDGET
        || production.matrix(MatrixQuery.all()).snapshot().pendingAuthors() > 0) {
      rows.require(refreshes++ < MOST_REFRESHES, rig.name() + ": authors stay unknown");
      int before = rig.requests(production);
      production.expire();
      production.matrix(MatrixQuery.all());
      waitForAuthors(production);
      asked = rig.requests(production) - before;
    }
    if (refreshes > 0) {
      rows.requests(
          rig.name(),
          "later, all authors (" + refreshes + "x)",
          rig.requests(production),
          0,
          millisSince(start));
    }
  }

  private void again(Rig rig, Production production, String what, int target) {
    rig.server().counters().reset();
    production.expire();
    long start = System.nanoTime();
    production.matrix(MatrixQuery.all());
    waitForAuthors(production);
    int requests = rig.requests(production);
    rows.requests(rig.name(), what, requests, target, millisSince(start));
    if (target > 0 && requests > target) {
      rig.server().counters().log().stream()
          .limit(SHOWN)
          .forEach(request -> rows.text("    %s %s", request.method(), request.target()));
    }
  }

  /// Many first questions at once, against an empty cache: as many requests as one.
  private void manyAtOnce(Rig rig) throws IOException, ExecutionException, InterruptedException {
    Path kept = Files.createTempDirectory(work, "kept");
    Path alone = Files.createTempDirectory(work, "alone");
    int one;
    rig.server().counters().reset();
    try (Production production = open(rig.open().apply(alone), alone)) {
      production.matrix(MatrixQuery.all());
      waitForAuthors(production);
      one = rig.requests(production);
    }
    rig.server().counters().reset();
    try (Production production = open(rig.open().apply(kept), kept);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      List<Future<Matrix>> all = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        all.add(callers.submit(() -> production.matrix(MatrixQuery.all())));
      }
      for (Future<Matrix> each : all) {
        rows.require(each.get().total() > 0, "an empty matrix");
      }
      waitForAuthors(production);
      rows.requests(
          rig.name(), CALLERS + " cold callers", rig.requests(production), one, millisSince(start));
    }
  }

  /// Asks, about nothing, what waits until the search for last commits ends.
  static void waitForAuthors(Production production) {
    production.state(Optional.empty(), List.of());
  }

  /// Times of one question that the server holds the answer to, in milliseconds, the shortest
  /// first.
  static double[] timesOf(int runs, Runnable question) {
    double[] times = new double[runs];
    for (int i = -runs; i < runs; i++) {
      long start = System.nanoTime();
      question.run();
      times[Math.max(0, i)] = millisSince(start);
    }
    Arrays.sort(times);
    return times;
  }

  static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }
}
