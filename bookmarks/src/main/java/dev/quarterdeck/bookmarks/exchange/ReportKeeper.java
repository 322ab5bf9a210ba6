package dev.quarterdeck.bookmarks.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Counts what comes of an import. Belongs to one thread.
final class ReportKeeper {
  private static final int PROBLEMS_SHOWN = 200;
  private static final int SAMPLES_SHOWN = 20;

  private final String format;
  private final boolean dryRun;
  private long added;
  private long merged;
  private long unchanged;
  private long skipped;
  private long collections;
  private final Map<String, Long> problems;
  private final List<ImportReport.Shown> problemList;
  private final List<ImportReport.Sample> samples;

  /// Goes on from a report.
  ReportKeeper(ImportReport from) {
    format = from.format();
    dryRun = from.dryRun();
    added = from.added();
    merged = from.merged();
    unchanged = from.unchanged();
    skipped = from.skipped();
    collections = from.collections();
    problems = new TreeMap<>(from.problems());
    problemList = new ArrayList<>(from.problemList());
    samples = new ArrayList<>(from.samples());
  }

  /// What became of an entry.
  enum Outcome {
    ADDED,
    MERGED,
    UNCHANGED
  }

  void entry(Outcome outcome, ImportedBookmark entry) {
    switch (outcome) {
      case ADDED -> added++;
      case MERGED -> merged++;
      case UNCHANGED -> unchanged++;
    }
    if (outcome != Outcome.UNCHANGED && samples.size() < SAMPLES_SHOWN) {
      samples.add(
          new ImportReport.Sample(
              outcome.name().toLowerCase(Locale.ROOT),
              entry.url(),
              entry.title(),
              entry.tags(),
              String.join("/", entry.folders())));
    }
  }

  void collectionMade() {
    collections++;
  }

  void problem(ImportProblem problem) {
    String code = problem.code().name().toLowerCase(Locale.ROOT);
    problems.merge(code, 1L, Long::sum);
    if (problem.code().skips()) {
      skipped++;
    }
    if (problemList.size() < PROBLEMS_SHOWN) {
      Place place = problem.place();
      problemList.add(new ImportReport.Shown(place.part(), place.line(), code, problem.message()));
    }
  }

  ImportReport report() {
    return new ImportReport(
        format,
        dryRun,
        added + merged + unchanged + skipped,
        added,
        merged,
        unchanged,
        skipped,
        collections,
        problems,
        problemList,
        samples);
  }
}
