package dev.quarterdeck.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The same bookmarks in the memory of this process, asked by looking at each. Java is many times
/// faster at it than the Python of the system that did so.
final class ScanRival {
  private final List<GeneratedBookmarks.Entry> newestFirst = new ArrayList<>();

  ScanRival(GeneratedBookmarks generated, int count) {
    for (int i = count - 1; i >= 0; i--) {
      newestFirst.add(generated.entry(i, count));
    }
  }

  /// The newest fifty with all words and all tags, and how many there are.
  long search(List<String> words, List<String> tags) {
    List<GeneratedBookmarks.Entry> page = new ArrayList<>();
    long count = 0;
    for (GeneratedBookmarks.Entry entry : newestFirst) {
      if (!entry.archived() && entry.tags().containsAll(tags) && hasAll(entry, words)) {
        count++;
        if (page.size() < 50) {
          page.add(entry);
        }
      }
    }
    return count;
  }

  private static boolean hasAll(GeneratedBookmarks.Entry entry, List<String> words) {
    for (String word : words) {
      if (!has(entry.title(), word)
          && !has(entry.description(), word)
          && !has(entry.notes(), word)
          && !has(entry.url(), word)) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word);
  }

  Map<String, Integer> tagCounts() {
    Map<String, Integer> counts = new HashMap<>();
    for (GeneratedBookmarks.Entry entry : newestFirst) {
      entry.tags().forEach(tag -> counts.merge(tag, 1, Integer::sum));
    }
    return counts;
  }
}
