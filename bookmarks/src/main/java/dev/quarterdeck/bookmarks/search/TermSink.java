package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Runs.Run;
import java.util.ArrayList;
import java.util.BitSet;
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

  private static final int ASCII = 128;
  private static final String[] ASCII_SHORTS = asciiShorts();

  /// Numbers of terms in [#ASCII_SHORTS]: nearly all are, and every bookmark has a hundred.
  private final BitSet asciiShorts = new BitSet(ASCII_SHORTS.length);

  private final Set<String> otherShorts = new HashSet<>();

  /// Takes in a folded text.
  ///
  /// @return its endings and dense pairs
  List<String> add(String folded) {
    List<String> terms = new ArrayList<>();
    for (Run run : Runs.of(folded)) {
      switch (run.kind()) {
        case WORD -> {
          endings(run.text(), terms);
          shorts(run.text(), true);
        }
        case DENSE -> {
          pairs(run.text(), terms);
          characters(run.text(), terms);
        }
        case SYMBOL -> shorts(run.text(), false);
      }
    }
    return terms;
  }

  /// The shortest terms of all texts that were taken in.
  Collection<String> shorts() {
    List<String> shorts = new ArrayList<>(otherShorts);
    asciiShorts.stream().forEach(number -> shorts.add(ASCII_SHORTS[number]));
    return shorts;
  }

  private void shorts(String run, boolean withPairs) {
    int before = 0;
    for (int i = 0; i < run.length(); i++) {
      char c = run.charAt(i);
      if (c >= ASCII) {
        characters(run, otherShorts);
        if (withPairs) {
          pairs(run, otherShorts);
        }
        return;
      }
      asciiShorts.set(c);
      if (withPairs && i > 0) {
        asciiShorts.set((before + 1) * ASCII + c);
      }
      before = c;
    }
  }

  /// The characters, then the pairs by their first character.
  private static String[] asciiShorts() {
    String[] shorts = new String[(ASCII + 1) * ASCII];
    for (int i = 0; i < shorts.length; i++) {
      String last = String.valueOf((char) (i % ASCII));
      shorts[i] = i < ASCII ? last : (char) (i / ASCII - 1) + last;
    }
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
