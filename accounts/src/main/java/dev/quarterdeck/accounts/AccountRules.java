package dev.quarterdeck.accounts;

import dev.quarterdeck.runtime.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The rules for names, addresses and passwords. Collects all that is broken before it complains.
final class AccountRules {
  /// Least number of characters of a password.
  static final int PASSWORD_MIN_CHARACTERS = 8;

  /// Greatest number of bytes in UTF-8: bcrypt reads no more, so more is refused, not cut.
  static final int PASSWORD_MAX_BYTES = 72;

  private static final int EMAIL_MAX_CHARACTERS = 254;
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,63}");
  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@"
              + "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+"
              + "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?");

  private final List<Problem.Violation> violations = new ArrayList<>();

  AccountRules username(String value) {
    if (!USERNAME.matcher(value).matches()) {
      broken(
          "username",
          "username: %s (expected: 2 to 64 of the characters A-Z a-z 0-9 . _ -, first a letter or"
              + " digit)",
          shown(value));
    }
    return this;
  }

  AccountRules email(String value) {
    if (value.length() > EMAIL_MAX_CHARACTERS
        || !EMAIL.matcher(value).matches()
        || value.startsWith(".")
        || value.contains("..")
        || value.contains(".@")) {
      broken("email", "email: %s (expected: an address such as name@example.com)", shown(value));
    }
    return this;
  }

  /// The password itself is never part of a message.
  AccountRules password(String field, String value) {
    int characters = value.codePointCount(0, value.length());
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (characters < PASSWORD_MIN_CHARACTERS) {
      broken(field, "%s: %d characters (expected: at least 8)", field, characters);
    } else if (bytes > PASSWORD_MAX_BYTES) {
      broken(
          field,
          "%s: %d bytes in UTF-8 (expected: at most 72; bcrypt reads no more)",
          field,
          bytes);
    } else if (value.indexOf('\0') >= 0) {
      broken(field, "%s: has a NUL character (expected: none)", field);
    }
    return this;
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 422 with every broken rule
  void check() {
    if (!violations.isEmpty()) {
      throw AccountProblems.invalid(violations);
    }
  }

  /// Adds a rule that the caller found broken.
  void broken(String field, String format, Object... arguments) {
    violations.add(
        new Problem.Violation(
            List.of("body", field), format.formatted(arguments), "value_error." + field));
  }

  /// A value as a message may show it: short, without control characters.
  private static String shown(String value) {
    String clean = value.replaceAll("\\p{Cntrl}", "\uFFFD");
    return clean.isEmpty() ? "empty" : clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
  }
}
