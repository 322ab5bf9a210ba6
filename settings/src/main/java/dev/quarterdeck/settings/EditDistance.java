package dev.quarterdeck.settings;

/// The number of insertions, deletions, changes and swaps of neighbours between two texts.
final class EditDistance {
  private EditDistance() {}

  /// The distance, or `limit + 1` when it is greater than the limit. Letters of both cases are the
  /// same, at no cost unless nothing else differs.
  static int within(String a, String b, int limit) {
    int rows = a.length();
    int columns = b.length();
    if (limit < 0 || Math.abs(rows - columns) > limit) {
      return limit + 1;
    }
    int[] before = new int[columns + 1];
    int[] above = new int[columns + 1];
    int[] row = new int[columns + 1];
    for (int j = 0; j <= columns; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= rows; i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= columns; j++) {
        int change = same(a.charAt(i - 1), b.charAt(j - 1)) ? 0 : 1;
        int cost = Math.min(Math.min(row[j - 1], above[j]) + 1, above[j - 1] + change);
        if (i > 1
            && j > 1
            && same(a.charAt(i - 1), b.charAt(j - 2))
            && same(a.charAt(i - 2), b.charAt(j - 1))) {
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

  private static boolean same(char a, char b) {
    return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
