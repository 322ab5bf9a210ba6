package dev.quarterdeck.executions.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of versions as npm writes it, which Piston's clients send: `*`, `3`, `3.11.x`, `^3.10`,
/// `~3.11`, `>=3.10 <4`, `3.10 || 3.11`. The versions of this product have two parts, so the third
/// of a range is not looked at.
record VersionRange(List<List<Bound>> alternatives) {
  private static final Pattern BOUND =
      Pattern.compile(
          "(\\^|~|>=|<=|>|<|=|v)?(\\*|x|X|\\d{1,6})(?:\\.(\\*|x|X|\\d{1,6}))?(?:\\.[0-9A-Za-z*+.-]+)?");
  private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?.*");

  /// From the lowest version to below the highest, as major × 1,000,000 + minor.
  record Bound(long from, long below) {}

  private static final long MAJOR = 1_000_000;

  /// Reads a range; empty when it is none.
  static Optional<VersionRange> parse(String text) {
    List<List<Bound>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      List<Bound> bounds = new ArrayList<>();
      for (String part : alternative.strip().replaceAll("([<>=~^]) +", "$1").split(" +", -1)) {
        Matcher matcher = BOUND.matcher(part.isEmpty() ? "*" : part);
        if (!matcher.matches()) {
          return Optional.empty();
        }
        bounds.add(bound(matcher));
      }
      alternatives.add(List.copyOf(bounds));
    }
    return Optional.of(new VersionRange(List.copyOf(alternatives)));
  }

  private static Bound bound(Matcher matcher) {
    String operator = matcher.group(1) == null ? "" : matcher.group(1);
    if (!Character.isDigit(matcher.group(2).charAt(0))) {
      return new Bound(0, Long.MAX_VALUE);
    }
    long major = Long.parseLong(matcher.group(2)) * MAJOR;
    String second = matcher.group(3) == null ? "x" : matcher.group(3);
    boolean whole = !Character.isDigit(second.charAt(0));
    long first = whole ? major : major + Long.parseLong(second);
    long next = whole ? major + MAJOR : first + 1;
    return switch (operator) {
      case "^" -> new Bound(first, major + MAJOR);
      case ">=" -> new Bound(first, Long.MAX_VALUE);
      case ">" -> new Bound(next, Long.MAX_VALUE);
      case "<" -> new Bound(0, first);
      case "<=" -> new Bound(0, next);
      default -> new Bound(first, next);
    };
  }

  /// Whether a version lies in it.
  boolean contains(String version) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      return false;
    }
    long minor = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
    long number = Long.parseLong(matcher.group(1)) * MAJOR + minor;
    return alternatives.stream()
        .anyMatch(
            bounds -> bounds.stream().allMatch(b -> b.from() <= number && number < b.below()));
  }
}
