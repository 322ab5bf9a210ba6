package dev.quarterdeck.bookmarks.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How far a job is: the outcome of each bookmark done, one letter for each in the order of the
/// ids.
///
/// @param outcomes letters of [Outcome]
/// @param errors why bookmarks were refused, by their place; of the first thousand
public record BulkProgress(String outcomes, Map<Integer, String> errors) {
  static final BulkProgress NONE = new BulkProgress("", Map.of());
  private static final int ERRORS_MAX = 1_000;

  public BulkProgress {
    errors = Map.copyOf(errors);
  }

  /// What became of a bookmark.
  public enum Outcome {
    /// It is as the action wants it.
    DONE,
    /// There is none with this id, or it belongs to somebody else.
    NOT_FOUND,
    /// A rule stands against it; the error tells which.
    REFUSED,
    /// Its turn has not come.
    WAITING;

    private char letter() {
      return name().charAt(0);
    }
  }

  /// One bookmark more, or several.
  BulkProgress and(List<Item> items) {
    StringBuilder letters = new StringBuilder(outcomes);
    Map<Integer, String> all = new TreeMap<>(errors);
    for (Item item : items) {
      if (item.outcome() == Outcome.REFUSED && all.size() < ERRORS_MAX) {
        all.put(letters.length(), item.error());
      }
      letters.append(item.outcome().letter());
    }
    return new BulkProgress(letters.toString(), all);
  }

  int done() {
    return outcomes.length();
  }

  /// How many bookmarks have an outcome.
  public long count(Outcome outcome) {
    return outcomes.chars().filter(letter -> letter == outcome.letter()).count();
  }

  /// The outcomes of a part of the ids.
  public List<Item> items(List<String> ids, int from, int limit) {
    List<Item> items = new ArrayList<>();
    for (int i = from; i < Math.min(ids.size(), from + limit); i++) {
      items.add(new Item(ids.get(i), outcome(i), errors.getOrDefault(i, "")));
    }
    return items;
  }

  private Outcome outcome(int at) {
    if (at < outcomes.length()) {
      for (Outcome outcome : Outcome.values()) {
        if (outcome.letter() == outcomes.charAt(at)) {
          return outcome;
        }
      }
    }
    return Outcome.WAITING;
  }

  /// A bookmark and what became of it.
  ///
  /// @param error empty unless it was refused
  public record Item(String id, Outcome outcome, String error) {}
}
