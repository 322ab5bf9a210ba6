package dev.quarterdeck.settings;

/// Takes what is secret out of texts that are shown.
final class Redaction {
  static final String SECRET = "<secret>";
  private static final int LONGEST = 120;

  private Redaction() {}

  /// Whether a text has the form of a URL with a password in it.
  static boolean holdsPassword(String text) {
    return passwordStart(text, 0) >= 0;
  }

  /// The text with the passwords of its URLs replaced by `***`.
  static String urls(String text) {
    int start = passwordStart(text, 0);
    if (start < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    int from = 0;
    while (start >= 0) {
      int end = userInfoEnd(text, start);
      shown.append(text, from, start).append("***");
      from = end;
      start = passwordStart(text, end);
    }
    return shown.append(text, from, text.length()).toString();
  }

  private static int passwordStart(String text, int from) {
    int scheme = text.indexOf("://", from);
    while (scheme >= 0) {
      int at = userInfoEnd(text, scheme + 3);
      int colon = at < 0 ? -1 : text.indexOf(':', scheme + 3);
      if (colon >= 0 && colon + 1 < at) {
        return colon + 1;
      }
      scheme = text.indexOf("://", scheme + 3);
    }
    return -1;
  }

  private static int userInfoEnd(String text, int from) {
    int last = -1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '@') {
        last = i;
      } else if (c <= ' ' || c == '"' || c == '\'') {
        break;
      }
    }
    return last;
  }

  /// Whether a character moves a terminal's cursor, turns its direction, or shows as nothing.
  static boolean isControl(char c) {
    return c < ' '
        || (c > '~'
            && (Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c == '\u2028'
                || c == '\u2029'));
  }

  /// A value as messages show it: on one line, not too long, no passwords.
  static String value(String text) {
    String redacted = urls(text);
    if (redacted.length() <= LONGEST && isPlain(redacted)) {
      return redacted;
    }
    StringBuilder shown = new StringBuilder();
    int end = Math.min(redacted.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = redacted.charAt(i);
      if (c == '\n') {
        shown.append("\\n");
      } else if (isControl(c)) {
        String digits = Integer.toHexString(c);
        shown.append("\\u").repeat("0", 4 - digits.length()).append(digits);
      } else {
        shown.append(c);
      }
    }
    return redacted.length() > LONGEST ? shown.append('…').toString() : shown.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
