package dev.quarterdeck.bookmarks.search;

import java.util.ArrayList;
import java.util.List;

/// Cuts folded text into runs of one class of characters: what is indexed, and what a needle is
/// made of. Spaces are in no run.
final class Runs {
  private Runs() {}

  enum Kind {
    /// Letters and digits of scripts that put spaces between words.
    WORD,
    /// Letters of scripts that put none, and of those whose words are searched by syllables.
    DENSE,
    /// Everything else that is seen.
    SYMBOL
  }

  /// A run, from the first character to before the last index.
  record Run(Kind kind, String text) {}

  static List<Run> of(String folded) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    int kind = -1;
    for (int i = 0; i < folded.length(); ) {
      int codePoint = folded.codePointAt(i);
      int its = kind(codePoint);
      if (its != kind) {
        add(runs, kind, folded, from, i);
        kind = its;
        from = i;
      }
      i += Character.charCount(codePoint);
    }
    add(runs, kind, folded, from, folded.length());
    return runs;
  }

  private static void add(List<Run> runs, int kind, String text, int from, int to) {
    if (kind >= 0 && from < to) {
      runs.add(new Run(KINDS[kind], text.substring(from, to)));
    }
  }

  private static final Kind[] KINDS = Kind.values();

  /// Index of the kind; -1 for a space.
  private static int kind(int c) {
    if (c < 0x80) {
      boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
      return word ? 0 : c == ' ' ? -1 : 2;
    }
    if (isDense(c)) {
      return 1;
    }
    return Character.isLetterOrDigit(c) ? 0 : c == ' ' ? -1 : 2;
  }

  private static boolean isDense(int c) {
    if (c < 0xe00) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR, TIBETAN, YI ->
          true;
      default -> false;
    };
  }
}
