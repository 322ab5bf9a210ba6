package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Node.Property;
import dev.quarterdeck.bookmarks.search.Node.Scope;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A name before a colon that says where to look.
enum Qualifier {
  IS,
  SITE,
  TAG,
  URL,
  TITLE,
  AFTER,
  BEFORE;

  /// The qualifier that stands here, in any case, with its colon.
  static Optional<Qualifier> at(String text, int at) {
    for (Qualifier qualifier : values()) {
      String word = qualifier.word();
      int end = at + word.length();
      if (end < text.length()
          && text.charAt(end) == ':'
          && text.regionMatches(true, at, word, 0, word.length())) {
        return Optional.of(qualifier);
      }
    }
    return Optional.empty();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What it asks for.
  ///
  /// @param at where the qualifier stands
  /// @param valueAt where its value stands
  Node node(int at, int valueAt, String value) throws InvalidQuery {
    if (value.isBlank()) {
      throw new InvalidQuery(
          valueAt, "%s: has no value (expected: %s)".formatted(word(), example()));
    }
    return switch (this) {
      case IS -> new Node.Is(at, property(valueAt, value));
      case SITE -> new Node.Site(at, Sites.typed(value));
      case TAG -> new Node.Tag(at, value);
      case URL -> new Node.Text(at, Scope.URL, value);
      case TITLE -> new Node.Text(at, Scope.TITLE, value);
      case AFTER -> new Node.Added(at, Dates.start(valueAt, word(), value), null);
      case BEFORE -> new Node.Added(at, null, Dates.start(valueAt, word(), value));
    };
  }

  private String example() {
    return switch (this) {
      case IS -> properties();
      case SITE -> "a host, as in site:example.org";
      case TAG -> "a tag, as in tag:java or tag:\"two words\"";
      case URL -> "a part of the address, as in url:/docs/";
      case TITLE -> "a text, as in title:release or title:\"release notes\"";
      case AFTER, BEFORE -> Dates.EXPECTED;
    };
  }

  private static String properties() {
    return Arrays.stream(Property.values())
        .map(property -> property.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static Property property(int at, String value) throws InvalidQuery {
    for (Property property : Property.values()) {
      if (property.name().equalsIgnoreCase(value)) {
        return property;
      }
    }
    String why =
        value.equalsIgnoreCase("trashed") ? "; the trash is listed, and never searched" : "";
    throw new InvalidQuery(at, "is:%s (expected: one of %s)%s".formatted(value, properties(), why));
  }
}
