package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Runs.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The terms under which a text is found.
///
/// Of each word, every ending of at least three characters, cut to sixteen: a part of a word is
/// then the beginning of one of its endings. Of dense scripts, each character and each pair. Beside
/// them, for the shortest needles, the single characters and the pairs of words, and the symbols.
final class TermSink {
  /// Longest term; a longer needle is looked up by its beginning and verified.
  static final int LONGEST = 16;

  /// Shortest ending; shorter needles are looked up among the pairs.
  static final int SHORTEST = 3;

  private final Set<String> shorts = new HashSet<>();

  /// The endings and dense pairs of a folded text.
  static List<String> terms(String folded) {
    List<String> terms = new ArrayList<>();
    for (Run run : Runs.of(folded)) {
      switch (run.kind()) {
        case WORD -> endings(run.text(), terms);
        case DENSE -> {
          pairs(run.text(), terms);
          characters(run.text(), terms);
        }
        case SYMBOL -> {}
      }
    }
    return terms;
  }

  /// Adds the shortest terms of a folded text.
  void addShorts(String folded) {
    for (Run run : Runs.of(folded)) {
      switch (run.kind()) {
        case WORD -> {
          pairs(run.text(), shorts);
          characters(run.text(), shorts);
        }
        case SYMBOL -> characters(run.text(), shorts);
        case DENSE -> {}
      }
    }
  }

  Set<String> shorts() {
    return shorts;
  }

  private static void endings(String word, List<String> terms) {
    for (int i = 0; i + SHORTEST <= word.length(); i++) {
      if (!Character.isLowSurrogate(word.charAt(i))) {
        terms.add(beginning(word.substring(i)));
      }
    }
  }

  /// The first characters, as many as a term may have.
  static String beginning(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, splits ? LONGEST - 1 : LONGEST);
  }

  static void characters(String run, Collection<String> terms) {
    for (int i = 0; i < run.length(); ) {
      int width = Character.charCount(run.codePointAt(i));
      terms.add(run.substring(i, i + width));
      i += width;
    }
  }

  static void pairs(String run, Collection<String> terms) {
    int first = 0;
    int second = first + Character.charCount(run.codePointAt(0));
    while (second < run.length()) {
      int end = second + Character.charCount(run.codePointAt(second));
      terms.add(run.substring(first, end));
      first = second;
      second = end;
    }
  }
}
