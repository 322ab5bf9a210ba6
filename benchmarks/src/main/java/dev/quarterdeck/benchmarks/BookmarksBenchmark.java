package dev.quarterdeck.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// Lists and searches of many bookmarks over HTTP, with login and default durability, against SQL
/// LIKE and against a scan of the same bookmarks without HTTP, in one run. Any error voids the run.
final class BookmarksBenchmark {
  private static final int FILE = 200_000;
  private static final long IMPORTING =
      TimeUnit.SECONDS.toNanos(Integer.getInteger("importing", 3_600));
  private static final int RIVAL_RUNS = 3;
  private static final String HEAP = "-Xmx512m";

  private final GeneratedBookmarks generated = new GeneratedBookmarks(1);
  private final Random random = new Random(1);
  private final Path launcher;
  private final int count;
  private final int runs;

  private BookmarksBenchmark(Path launcher, int count, int runs) {
    this.launcher = launcher;
    this.count = count;
    this.runs = runs;
  }

  /// Arguments: launcher, runs of each row, directory that keeps the data or nothing, sizes.
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    int runs = Integer.parseInt(arguments[1]);
    for (String count : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      var benchmark = new BookmarksBenchmark(Path.of(arguments[0]), Integer.parseInt(count), runs);
      if (arguments[2].isEmpty()) {
        Path directory = Files.createTempDirectory("quarterdeck-benchmark");
        try {
          benchmark.run(new ImportedFiles(directory));
        } finally {
          ServerProcess.delete(directory);
        }
      } else {
        Path kept = Files.createDirectories(Path.of(arguments[2]).resolve(count));
        benchmark.run(new ImportedFiles(kept.toAbsolutePath()));
      }
    }
  }

  private void run(ImportedFiles imported) throws IOException, InterruptedException, SQLException {
    Path directory = imported.directory();
    System.out.println("\n" + count + " bookmarks, server with " + HEAP);
    if (imported.bookmarks() < count) {
      try (ServerProcess server = ServerProcess.start(launcher, directory, HEAP)) {
        fill(imported, new BookmarkClient(server.address()));
        System.out.println("most memory of the server: " + server.peakMegabytes() + " MB");
      }
      if (imported.bookmarks() < count) {
        System.out.println("time is up: repeat the command to go on");
        return;
      }
    }
    imported.print(count);
    long from = System.nanoTime();
    try (ServerProcess server = ServerProcess.start(launcher, directory, HEAP)) {
      BookmarkClient client = new BookmarkClient(server.address());
      JsonNode first = client.search(generated.word(40));
      System.out.printf(
          Locale.ROOT,
          "restart to the first search's answer, login included: %.1f s (%s matches)%n",
          (System.nanoTime() - from) / 1e9,
          first.get("total"));
      measure(directory, client);
      System.out.println("most memory of the server: " + server.peakMegabytes() + " MB");
    }
  }

  /// Imports what is missing, a file at a time, as long as there is time; then waits for the index.
  private void fill(ImportedFiles imported, BookmarkClient client)
      throws IOException, InterruptedException {
    Path file = imported.directory().resolve("bookmarks.html");
    long begun = System.nanoTime();
    while (imported.bookmarks() < count && System.nanoTime() - begun < IMPORTING) {
      int at = imported.bookmarks();
      int to = Math.min(count, at + FILE);
      NetscapeFile.write(file, generated, at, to, count);
      long from = System.nanoTime();
      long done = client.importFile(file);
      double stored = (System.nanoTime() - from) / 1e9;
      if (done != to - at) {
        throw new IOException("%d of %d imported".formatted(done, to - at));
      }
      client.awaitIndex();
      imported.add(to - at, stored, (System.nanoTime() - from) / 1e9);
    }
    Files.deleteIfExists(file);
  }

  private void measure(Path directory, BookmarkClient client)
      throws IOException, InterruptedException, SQLException {
    ScanRival scan = new ScanRival(generated, count);
    try (LikeRival like = new LikeRival(directory.resolve("like.db"), generated)) {
      like.fill(count);
      System.out.println(
          "row                p50 ms   p95 ms   LIKE p50   scan p50   (rivals without HTTP)");
      row(
          "list newest",
          () -> client.get("/api/bookmarks?page=1&per_page=50"),
          () -> like.search(List.of(), List.of()),
          () -> scan.search(List.of(), List.of()));
      row(
          "list, last page",
          () -> client.get("/api/bookmarks?per_page=50&page=" + count * 8 / 10 / 50),
          () -> like.page(count * 8 / 10),
          () -> {});
      words("common word", client, like, scan, 11, 60);
      words("rare word", client, like, scan, 20_000, 39_000);
      words("part of a word", client, like, scan, -1, 0);
      compare(client, like, scan);
      tags(client, like, scan);
      row("tag counts", () -> client.get("/api/tags"), like::tagCounts, scan::tagCounts);
      AtomicInteger next = new AtomicInteger(client.firstUnused(generated, count));
      row(
          "create",
          () -> client.create(generated.entry(next.incrementAndGet(), count)),
          () -> like.create(generated.entry(next.incrementAndGet(), count)),
          () -> {});
      row(
          "create, then find",
          () -> {
            GeneratedBookmarks.Entry entry = generated.entry(next.incrementAndGet(), count);
            client.create(entry);
            String slug = entry.url().substring(entry.url().lastIndexOf('/') + 1);
            if (client.search(slug).get("total").asLong() != 1) {
              throw new IOException("not found at once: " + slug);
            }
          },
          () -> {},
          () -> {});
    }
  }

  /// All three must find the same, by words that name no tag: ours looks at tags, too.
  private void compare(BookmarkClient client, LikeRival like, ScanRival scan)
      throws IOException, InterruptedException, SQLException {
    for (int rank : new int[] {0, 5, 3_000, 30_000}) {
      String word = generated.word(rank);
      long ours = client.search(word + " is:active").get("total").asLong();
      long theirs = like.search(List.of(word), List.of());
      if (ours != theirs || ours != scan.search(List.of(word), List.of())) {
        throw new IOException("%s: %d found, by LIKE %d".formatted(word, ours, theirs));
      }
    }
  }

  private void words(
      String name, BookmarkClient client, LikeRival like, ScanRival scan, int from, int to)
      throws InterruptedException {
    row(
        name,
        () -> client.search(word(from, to) + " is:active"),
        () -> like.search(List.of(word(from, to)), List.of()),
        () -> scan.search(List.of(word(from, to)), List.of()));
  }

  /// A word between two ranks, or the inner part of one.
  private synchronized String word(int from, int to) {
    if (from >= 0) {
      return generated.word(from + random.nextInt(to - from));
    }
    String word = "";
    while (word.length() < 6) {
      word = generated.word(random.nextInt(5_000));
    }
    return word.substring(1, 5);
  }

  private void tags(BookmarkClient client, LikeRival like, ScanRival scan)
      throws InterruptedException {
    row(
        "two tags",
        () -> client.search("#" + tag() + " #" + generated.tag(0)),
        () -> like.search(List.of(), List.of(tag(), generated.tag(0))),
        () -> scan.search(List.of(), List.of(tag(), generated.tag(0))));
  }

  private synchronized String tag() {
    return generated.tag(1 + random.nextInt(8));
  }

  private void row(String name, Load.Action ours, Asking like, Asking scan)
      throws InterruptedException {
    Load.measure(1, Math.max(20, runs / 5), ours);
    Timings timings = Load.measure(1, runs, ours);
    System.out.printf(
        Locale.ROOT,
        "%-17s %8.2f %8.2f %10.2f %10.2f%n",
        name,
        timings.medianMillis(),
        timings.p95Millis(),
        rival(like),
        rival(scan));
  }

  private static double rival(Asking rival) throws InterruptedException {
    return Load.measure(
            1,
            RIVAL_RUNS,
            () -> {
              try {
                rival.run();
              } catch (SQLException failure) {
                throw new IOException(failure);
              }
            })
        .medianMillis();
  }

  /// A question to a rival.
  private interface Asking {
    void run() throws SQLException;
  }
}
