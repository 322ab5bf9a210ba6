package dev.quarterdeck.benchmarks.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Measures the settings engine beside its rivals: the first load in a fresh JVM, plain and with an
/// AOT cache for everyone; warm loads; TOML alone; loads with faults. Prints a table of medians or
/// means and their ratios; any failure of any library ends it.
public final class SettingsBenchmark {
  private static final int KEYS = 100;

  private SettingsBenchmark() {}

  /// Takes the parts to run (`first`, `warm`, `toml`, `faults`) and, after `runs=`, the number of
  /// fresh JVMs for each row.
  public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
    int runs = 21;
    List<String> parts = new ArrayList<>();
    for (String arg : args) {
      if (arg.startsWith("runs=")) {
        runs = Integer.parseInt(arg.substring(5));
      } else {
        parts.add(arg);
      }
    }
    if (parts.isEmpty()) {
      parts = List.of("first", "warm", "toml", "faults");
    }
    Path directory = Files.createTempDirectory("quarterdeck settings benchmark");
    Workload.write(directory, KEYS);
    if (parts.contains("first")) {
      firstLoads("first load in a fresh JVM, 100 keys, four layers", directory, runs, false);
      firstLoads("the same with an AOT cache each", directory, runs, true);
    }
    if (parts.contains("warm")) {
      jmh("warm load, four layers", WarmLoad.class);
    }
    if (parts.contains("toml")) {
      jmh("TOML alone", ParseToml.class);
    }
    if (parts.contains("faults")) {
      faults();
    }
  }

  private static void firstLoads(String title, Path directory, int runs, boolean aot)
      throws IOException, InterruptedException {
    Map<Library.Name, List<Long>> times = new EnumMap<>(Library.Name.class);
    for (Library.Name name : Library.Name.values()) {
      times.put(name, new ArrayList<>());
      if (aot) {
        java(directory, name, "-XX:AOTCacheOutput=" + cache(directory, name));
      }
    }
    // Interleaved, so that noise of the machine meets all alike.
    for (int run = 0; run < runs; run++) {
      for (Map.Entry<Library.Name, List<Long>> each : times.entrySet()) {
        String option = aot ? "-XX:AOTCache=" + cache(directory, each.getKey()) : "-Xshare:auto";
        each.getValue().add(java(directory, each.getKey(), option));
      }
    }
    System.out.printf(
        "%n%s (median of %d)%n%-14s %10s %8s %8s%n", title, runs, "", "ms", "floor", "ours");
    double floor = median(times.getOrDefault(Library.Name.FLOOR, List.of()));
    double ours = median(times.getOrDefault(Library.Name.QUARTERDECK, List.of()));
    times.forEach(
        (name, all) ->
            System.out.printf(
                Locale.ROOT,
                "%-14s %10.2f %7.2fx %7.2fx%n",
                name.name().toLowerCase(Locale.ROOT),
                median(all) / 1e6,
                median(all) / floor,
                median(all) / ours));
  }

  private static Path cache(Path directory, Library.Name name) {
    return directory.resolve(name + ".aot");
  }

  private static double median(List<Long> all) {
    List<Long> sorted = all.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static long java(Path directory, Library.Name name, String option)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                option,
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-cp",
                System.getProperty("java.class.path"),
                FirstLoad.class.getName(),
                name.name(),
                directory.toString(),
                Integer.toString(KEYS))
            .redirectError(directory.resolve("stderr").toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          name + " failed: " + Files.readString(directory.resolve("stderr")));
    }
    return out.lines()
        .filter(line -> line.matches("[0-9]+"))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private static void jmh(String title, Class<?> benchmark) throws RunnerException {
    Collection<RunResult> results = results(benchmark);
    System.out.printf("%n%s (mean of 5 s after 3 s)%n%-34s %12s %8s%n", title, "", "us", "ours");
    Map<String, List<RunResult>> byKeys =
        results.stream().collect(Collectors.groupingBy(each -> each.getParams().getParam("keys")));
    byKeys.entrySet().stream()
        .sorted(Comparator.comparing(each -> Integer.valueOf(each.getKey())))
        .forEach(
            each -> {
              double ours =
                  each.getValue().stream()
                      .filter(result -> name(result).contains("quarterdeck"))
                      .mapToDouble(result -> result.getPrimaryResult().getScore())
                      .findFirst()
                      .orElseThrow();
              for (RunResult result : each.getValue()) {
                double score = result.getPrimaryResult().getScore();
                System.out.printf(
                    Locale.ROOT,
                    "%-34s %12.1f %7.2fx%n",
                    each.getKey() + " keys, " + name(result),
                    score,
                    score / ours);
              }
            });
  }

  private static void faults() throws RunnerException {
    System.out.printf("%n100 keys of one file (mean of 5 s after 3 s)%n%-34s %12s%n", "", "us");
    double sound = 0;
    for (RunResult result : results(FaultLoad.class)) {
      double score = result.getPrimaryResult().getScore();
      String given = result.getParams().getParam("given");
      sound = given.equals(FaultLoad.Given.NOTHING_WRONG.name()) ? score : sound;
      System.out.printf(
          Locale.ROOT,
          "%-34s %12.1f %7.2fx%n",
          given.toLowerCase(Locale.ROOT).replace('_', ' '),
          score,
          score / sound);
    }
  }

  private static Collection<RunResult> results(Class<?> benchmark) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .verbosity(org.openjdk.jmh.runner.options.VerboseMode.SILENT)
            .build();
    return new Runner(options).run();
  }

  private static String name(RunResult result) {
    String library = result.getParams().getParam("library");
    return (library == null ? result.getPrimaryResult().getLabel() : library)
        .toLowerCase(Locale.ROOT);
  }
}
