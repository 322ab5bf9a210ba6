package dev.quarterdeck.settings;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Names that something nearly named may have meant. Most of them are ruled out by their length and
/// their set of letters, without comparing texts. Immutable.
final class NameIndex {
  private final String[] names;
  private final char[][] folded;
  private final long[] letters;

  NameIndex(Iterable<String> names) {
    String[] all = new String[16];
    int count = 0;
    for (String one : names) {
      if (count == all.length) {
        all = Arrays.copyOf(all, count * 2);
      }
      all[count++] = one;
    }
    this.names = Arrays.copyOf(all, count);
    this.folded = new char[count][];
    this.letters = new long[count];
    for (int i = 0; i < count; i++) {
      folded[i] = EditDistance.folded(this.names[i]);
      letters[i] = letters(folded[i]);
    }
  }

  /// The nearest name, null when none is near.
  @Nullable String nearest(String text) {
    String best = null;
    int limit = (text.length() < 4 ? 1 : text.length() < 8 ? 2 : 3) + 1;
    char[] meant = EditDistance.folded(text);
    long mine = letters(meant);
    for (int i = 0; i < names.length; i++) {
      if (Math.abs(folded[i].length - meant.length) < limit
          && Long.bitCount(mine & ~letters[i]) < limit
          && Long.bitCount(letters[i] & ~mine) < limit) {
        int distance = EditDistance.within(meant, folded[i], limit - 1);
        if (distance < limit) {
          best = names[i];
          limit = distance;
        }
      }
    }
    return best;
  }

  /// The letters of a text as bits. A bit that only one of two texts has costs at least one edit.
  private static long letters(char[] text) {
    long letters = 0;
    for (char c : text) {
      letters |= 1L << (c & 63);
    }
    return letters;
  }
}
