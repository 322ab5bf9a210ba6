package dev.quarterdeck.bookmarks.search;

import java.text.Normalizer;
import java.util.Arrays;

/// Text without the differences that a search does not see: case, diacritics, width, compatibility
/// forms, soft hyphens; every space is a plain one. Knows where each character came from.
///
/// Folding does not depend on what stands before or after a character, so that a folded part is
/// always a part of the folded whole.
///
/// @param text the folded text
/// @param origins for each character of `text` the index of the original character, and at the end
///   the length of the original; owned by the record
record Folded(String text, int[] origins) {
  /// Folds a text and keeps the origins.
  static Folded of(String original) {
    Fold fold = new Fold(original.length() + 8, true);
    fold.all(original);
    int[] origins = Arrays.copyOf(fold.origins, fold.out.length() + 1);
    origins[fold.out.length()] = original.length();
    return new Folded(fold.out.toString(), origins);
  }

  /// Folds a text.
  static String text(String original) {
    int plain = 0;
    while (plain < original.length() && isFolded(original.charAt(plain))) {
      plain++;
    }
    if (plain == original.length()) {
      return original;
    }
    Fold fold = new Fold(original.length() + 8, false);
    fold.all(original);
    return fold.out.toString();
  }

  private static boolean isFolded(char c) {
    return c >= ' ' && c < 0x7f && !(c >= 'A' && c <= 'Z');
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Folded that
        && text.equals(that.text)
        && Arrays.equals(origins, that.origins);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// One folding under way.
  private static final class Fold {
    private final StringBuilder out;
    private int[] origins;

    Fold(int size, boolean keepOrigins) {
      out = new StringBuilder(size);
      origins = new int[keepOrigins ? size : 0];
    }

    void all(String original) {
      for (int i = 0; i < original.length(); ) {
        char c = original.charAt(i);
        if (c < 0x80) {
          ascii(c, i++);
        } else {
          int codePoint = original.codePointAt(i);
          wide(codePoint, i);
          i += Character.charCount(codePoint);
        }
      }
    }

    private void ascii(char c, int at) {
      if (c >= 'A' && c <= 'Z') {
        append((char) (c + 32), at);
      } else {
        append(c < ' ' || c == 0x7f ? ' ' : c, at);
      }
    }

    private void wide(int codePoint, int at) {
      String parts = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
      parts
          .codePoints()
          .forEach(
              part -> {
                int low = Character.toLowerCase(Character.toUpperCase(part));
                String special = special(low);
                if (!special.isEmpty()) {
                  special.chars().forEach(c -> append((char) c, at));
                } else if (Character.isWhitespace(low) || Character.isSpaceChar(low)) {
                  append(' ', at);
                } else if (!isUnseen(low)) {
                  for (char c : Character.toChars(low)) {
                    append(c, at);
                  }
                }
              });
    }

    private void append(char c, int at) {
      if (origins.length > 0) {
        if (out.length() == origins.length) {
          origins = Arrays.copyOf(origins, origins.length * 2);
        }
        origins[out.length()] = at;
      }
      out.append(c);
    }

    /// Letters that do not decompose into a plain one.
    private static String special(int codePoint) {
      return switch (codePoint) {
        case 'ß' -> "ss";
        case 'æ' -> "ae";
        case 'œ' -> "oe";
        case 'ø' -> "o";
        case 'đ', 'ð' -> "d";
        case 'ħ' -> "h";
        case 'ı' -> "i";
        case 'ł' -> "l";
        case 'þ' -> "th";
        case 'ŧ' -> "t";
        case 'ς' -> "σ";
        case '‘', '’' -> "'";
        case '“', '”' -> "\"";
        case '‐', '‑', '–', '—' -> "-";
        default -> "";
      };
    }

    /// Accents, and marks that only steer how text is shown. Marks that make another letter, as in
    /// Japanese and Thai, stay.
    private static boolean isUnseen(int codePoint) {
      return (codePoint >= 0x300 && codePoint <= 0x36f)
          || (codePoint >= 0x1ab0 && codePoint <= 0x1aff)
          || (codePoint >= 0x1dc0 && codePoint <= 0x1dff)
          || (codePoint >= 0x20d0 && codePoint <= 0x20ff)
          || (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
          || (codePoint >= 0xfe20 && codePoint <= 0xfe2f)
          || Character.getType(codePoint) == Character.FORMAT;
    }
  }
}
