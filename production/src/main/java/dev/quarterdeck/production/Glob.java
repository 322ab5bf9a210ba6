package dev.quarterdeck.production;

import java.util.Locale;

/// A pattern in which `*` stands for any text and `?` for any character; case is not regarded.
/// Matching takes time in proportion to the lengths multiplied, never more.
final class Glob {
  private final String pattern;

  private Glob(String pattern) {
    this.pattern = pattern;
  }

  static Glob of(String pattern) {
    return new Glob(pattern.toLowerCase(Locale.ROOT));
  }

  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  boolean matches(String mixed) {
    String text = mixed.toLowerCase(Locale.ROOT);
    int at = 0;
    int next = 0;
    int star = -1;
    int mark = 0;
    while (at < text.length()) {
      char wanted = next < pattern.length() ? pattern.charAt(next) : 0;
      if (next < pattern.length() && wanted == '*') {
        star = next++;
        mark = at;
      } else if (next < pattern.length() && (wanted == '?' || wanted == text.charAt(at))) {
        at++;
        next++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++mark;
      } else {
        return false;
      }
    }
    while (next < pattern.length() && pattern.charAt(next) == '*') {
      next++;
    }
    return next == pattern.length();
  }
}
