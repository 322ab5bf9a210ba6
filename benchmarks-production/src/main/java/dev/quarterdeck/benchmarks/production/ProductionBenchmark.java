package dev.quarterdeck.benchmarks.production;

import dev.quarterdeck.production.Matrix;
import dev.quarterdeck.production.MatrixQuery;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.fixtures.GeneratedOrg;
import dev.quarterdeck.production.fixtures.GeneratedOrg.Size;
import dev.quarterdeck.production.fixtures.RealGit;
import dev.quarterdeck.production.source.git.GitSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// Requests and times on each source over one generated repository, behind servers that answer 20
/// ms late; a client that asks per component on the same fake; the matrix on a warm server; and
/// 150,000 files through Git. A wrong answer, an error or too many requests void the run.
final class ProductionBenchmark {
  private static final int MATRIX_RUNS = 200;
  private static final double MATRIX_TARGET_MILLIS = 5;
  private static final double LARGE_TARGET_MILLIS = 3000;

  private final Rows rows = new Rows();
  private final Path work;
  private final int sample;

  private ProductionBenchmark(Path work, int sample) {
    this.work = work;
    this.sample = sample;
  }

  /// @param arguments components that the per-component client asks for; then `no-large`, to leave
  ///   out the 150,000 files
  public static void main(String[] arguments)
      throws IOException, ExecutionException, InterruptedException {
    int sample = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    boolean large = arguments.length < 2 || !arguments[1].equals("no-large");
    Path work = Files.createTempDirectory("production-benchmark");
    try {
      ProductionBenchmark benchmark = new ProductionBenchmark(work, sample);
      benchmark.sources();
      if (large) {
        benchmark.large();
      }
      List<String> missed = benchmark.rows.missed();
      missed.forEach(each -> System.out.println("MISSED: " + each));
      System.exit(missed.isEmpty() ? 0 : 1);
    } finally {
      delete(work);
    }
  }

  private void sources() throws IOException, ExecutionException, InterruptedException {
    Path origin = work.resolve("origin.git");
    GeneratedOrg.create(origin, Size.ORG);
    rows.title(
        "%,d files, %,d commits, %d of which own the files, %d branches; every answer 20 ms late"
            .formatted(
                Size.ORG.files(),
                Size.ORG.commits(),
                Size.ORG.owners(),
                GeneratedOrg.BRANCHES.size()));
    Cases cases = new Cases(rows, work);
    List<Matrix> answers = new ArrayList<>();
    try (Rig rig = Rig.cloud(copy(origin, "cloud"))) {
      answers.add(cases.run(rig, Size.ORG));
      perComponent(rig, answers.getFirst());
    }
    try (Rig rig = Rig.dataCenter(copy(origin, "center"))) {
      answers.add(cases.run(rig, Size.ORG));
    }
    try (Rig rig = Rig.mirror(copy(origin, "mirror"))) {
      answers.add(cases.run(rig, Size.ORG));
    }
    same(answers);
    judge(answers.getLast(), origin);
    warmMatrix(origin);
  }

  private Path copy(Path origin, String name) {
    RealGit.in(work).bytes("clone", "-q", "--bare", origin.toString(), name + ".git");
    return work.resolve(name + ".git");
  }

  private void perComponent(Rig rig, Matrix matrix)
      throws ExecutionException, InterruptedException {
    RealGit git = RealGit.in(rig.git());
    Map<String, String> heads = new HashMap<>();
    GeneratedOrg.BRANCHES.forEach(name -> heads.put(name, git.text("rev-parse", name)));
    List<String> all =
        matrix.rows().stream().filter(Matrix.Row::inProduction).map(Matrix.Row::path).toList();
    int step = Math.max(1, all.size() / sample);
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < all.size() && chosen.size() < sample; i += step) {
      chosen.add(all.get(i));
    }
    URI base = URI.create(rig.server().address() + "/2.0");
    rig.server().counters().reset();
    long start = System.nanoTime();
    try (PerComponentClient client = new PerComponentClient(base, heads)) {
      client.ask(chosen);
    }
    double millis = Cases.millisSince(start);
    int requests = rig.server().counters().requests();
    rows.requests(rig.name(), "per component, " + chosen.size() + " of them", requests, 0, millis);
    double whole = (double) all.size() / chosen.size();
    rows.text(
        "%-17s per component, all %,d: %,.0f requests, %,.0f s; ours at most %d: 1 / %.0f of them",
        rig.name(),
        all.size(),
        requests * whole,
        millis * whole / 1000,
        rig.coldTarget(),
        requests * whole / rig.coldTarget());
  }

  /// All sources must give the same rows, but for last commits that a source had no requests left
  /// for.
  private void same(List<Matrix> answers) {
    Matrix first = answers.getFirst();
    for (Matrix other : answers) {
      rows.require(other.total() == first.total(), "the sources count different components");
      for (int i = 0; i < first.rows().size(); i++) {
        Matrix.Row one = first.rows().get(i);
        Matrix.Row two = other.rows().get(i);
        boolean same =
            one.component().equals(two.component())
                && one.cells().stream()
                    .map(Matrix.Cell::state)
                    .toList()
                    .equals(two.cells().stream().map(Matrix.Cell::state).toList())
                && (one.pending() || two.pending() || one.last().equals(two.last()));
        rows.require(same, "the sources differ:\n" + one + "\n" + two);
      }
    }
    rows.text("the sources agree on %,d components", first.total());
  }

  /// The program `git` has the last word on some classes.
  private void judge(Matrix matrix, Path origin) {
    RealGit git = RealGit.in(origin);
    int judged = 0;
    for (int i = 0; i < matrix.rows().size(); i += 97) {
      Matrix.Row row = matrix.rows().get(i);
      if (row.inProduction() && row.component().type().equals("ApexClass")) {
        String path = row.path().replaceAll("-meta\\.xml$", "");
        String last =
            git.text("log", "-1", "--format=%H", "master", "--", path, path + "-meta.xml");
        rows.require(
            row.last().orElseThrow().hash().equals(last), "git says " + last + " of " + row);
        judged++;
      }
    }
    rows.require(judged > 10, "too few classes were judged");
    rows.text("git agrees on the last commits of %d classes", judged);
  }

  private void warmMatrix(Path origin) throws IOException {
    Path kept = Files.createTempDirectory(work, "kept");
    try (Production production = Cases.open(GitSource.open(origin), kept)) {
      int total = production.matrix(MatrixQuery.all()).total();
      double[] page = Cases.timesOf(MATRIX_RUNS, () -> production.matrix(MatrixQuery.all()));
      double[] all = Cases.timesOf(MATRIX_RUNS, () -> production.matrix(Cases.everything()));
      rows.text(
          "matrix of %,d components, warm: page of 100 p50 %.2f ms, p99 %.2f ms; all rows p50 %.2f"
              + " ms (target: %.0f ms)",
          total,
          page[page.length / 2],
          page[page.length * 99 / 100],
          all[all.length / 2],
          MATRIX_TARGET_MILLIS);
    }
  }

  private void large() throws IOException {
    Path origin = work.resolve("large.git");
    GeneratedOrg.create(origin, Size.LARGE);
    for (int i = 0; i < 2; i++) {
      Path kept = Files.createTempDirectory(work, "kept");
      long start = System.nanoTime();
      try (Production production = Cases.open(GitSource.open(origin), kept)) {
        Matrix matrix = production.matrix(MatrixQuery.all());
        double millis = Cases.millisSince(start);
        rows.require(matrix.snapshot().pendingAuthors() == 0, "authors are pending through Git");
        rows.text(
            "%,d files, %,d components through Git, cold with authors: %.0f ms%s (target: %.0f ms)",
            Size.LARGE.files(),
            matrix.total(),
            millis,
            i == 0 ? ", first in this JVM" : "",
            LARGE_TARGET_MILLIS);
      }
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
