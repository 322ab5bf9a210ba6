package dev.quarterdeck.bookmarks.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What came of an import, or would come of it.
///
/// @param format of the file
/// @param dryRun whether nothing was stored
/// @param entries all that the file holds; added, merged, unchanged and skipped together
/// @param added bookmarks that are new
/// @param merged entries whose URL was there, and that brought something: a tag, a text, an older
///   date
/// @param unchanged entries whose URL was there, and that brought nothing
/// @param skipped entries that could not be taken; the problems tell why
/// @param problems how many, by [ImportProblem.Code] in lower case
/// @param problemList the first of them
/// @param samples the first that were added and merged
public record ImportReport(
    String format,
    boolean dryRun,
    long entries,
    long added,
    long merged,
    long unchanged,
    long skipped,
    long collections,
    Map<String, Long> problems,
    List<Shown> problemList,
    List<Sample> samples) {
  public ImportReport {
    problems = new TreeMap<>(problems);
    problemList = new ArrayList<>(problemList);
    samples = new ArrayList<>(samples);
  }

  /// Nothing yet.
  static ImportReport empty(String format, boolean dryRun) {
    return new ImportReport(format, dryRun, 0, 0, 0, 0, 0, 0, Map.of(), List.of(), List.of());
  }

  /// A problem as people see it.
  ///
  /// @param part name of the file inside an archive, empty when there is none
  public record Shown(String part, long line, String code, String message) {}

  /// An entry of the file.
  ///
  /// @param outcome `added` or `merged`
  public record Sample(String outcome, String url, String title, List<String> tags, String folder) {
    public Sample {
      tags = List.copyOf(tags);
    }
  }
}
