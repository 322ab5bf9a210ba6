package dev.quarterdeck.settings;

/// The number of insertions, deletions, changes and swaps of neighbours between two texts.
final class EditDistance {
  private EditDistance() {}

  /// The distance, or `limit + 1` when it is greater than the limit. Letters of both cases are the
  /// same.
  static int within(String a, String b, int limit) {
    return Math.abs(a.length() - b.length()) > limit
        ? limit + 1
        : within(folded(a), folded(b), limit);
  }

  /// The letters of a text, all in lower case.
  static char[] folded(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      char c = letters[i];
      letters[i] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c < 128 ? c : Character.toLowerCase(c);
    }
    return letters;
  }

  /// The distance of two texts in lower case.
  static int within(char[] a, char[] b, int limit) {
    if (limit < 0 || Math.abs(a.length - b.length) > limit) {
      return limit + 1;
    }
    int start = 0;
    int end = Math.min(a.length, b.length);
    while (start < end && a[start] == b[start]) {
      start++;
    }
    int rows = a.length - start;
    int columns = b.length - start;
    while (rows > 0 && columns > 0 && a[start + rows - 1] == b[start + columns - 1]) {
      rows--;
      columns--;
    }
    return rows == 0 || columns == 0 || limit == 0
        ? Math.min(Math.max(rows, columns), limit + 1)
        : table(a, b, start, rows, columns, limit);
  }

  /// The distance of what is left between a common beginning and a common end.
  private static int table(char[] a, char[] b, int start, int rows, int columns, int limit) {
    int[] before = new int[columns + 1];
    int[] above = new int[columns + 1];
    int[] row = new int[columns + 1];
    for (int j = 0; j <= columns; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= rows; i++) {
      row[0] = i;
      int least = i;
      char mine = a[start + i - 1];
      for (int j = 1; j <= columns; j++) {
        char yours = b[start + j - 1];
        int change = mine == yours ? 0 : 1;
        int cost = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
        if (i > 1 && j > 1 && mine == b[start + j - 2] && a[start + i - 2] == yours) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row[j] = cost;
        least = Math.min(least, cost);
      }
      if (least > limit) {
        return limit + 1;
      }
      int[] free = before;
      before = above;
      above = row;
      row = free;
    }
    return Math.min(above[columns], limit + 1);
  }
}
