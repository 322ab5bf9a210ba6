package dev.quarterdeck.bookmarks.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Writes a tree as a person might: with or without `and`, with needless parentheses, in any case.
final class Written {
  private final Random random;

  Written(Random random) {
    this.random = random;
  }

  String of(Node node) {
    return write(node, 0);
  }

  /// @param level 0 where `or` may stand bare, 1 where `and` may, 2 where neither may
  private String write(Node node, int level) {
    String text =
        switch (node) {
          case Node.Or or -> grouped(joined(or.parts(), 1), level > 0);
          case Node.And and -> grouped(joined(and.parts(), 2), level > 1);
          case Node.Not not -> negated(write(not.part(), 2));
          case Node.All all -> "!everything";
          case Node.Text t -> prefix(t.scope()) + quoted(t.text());
          case Node.Tag tag -> (random.nextBoolean() ? "#" : "tag:") + quoted(tag.name());
          case Node.Is is -> "is:" + is.property().name().toLowerCase(Locale.ROOT);
          case Node.Site site -> "site:" + site.host();
          case Node.Modified modified ->
              throw new IllegalArgumentException("no syntax: " + modified);
          case Node.Added added ->
              added.from() != null ? "after:" + day(added.from()) : "before:" + day(bound(added));
        };
    return grouped(text, random.nextInt(8) == 0);
  }

  private static Instant bound(Node.Added added) {
    Instant below = added.below();
    if (below == null) {
      throw new IllegalArgumentException("no bound: " + added);
    }
    return below;
  }

  private String negated(String operand) {
    return switch (random.nextInt(3)) {
      case 0 -> operand.startsWith("-") ? "not " + operand : "-" + operand;
      case 1 -> "NOT " + operand;
      default -> "not\t" + operand;
    };
  }

  private String joined(List<Node> parts, int level) {
    StringBuilder text = new StringBuilder();
    for (Node part : parts) {
      if (!text.isEmpty()) {
        text.append(
            level == 1
                ? (random.nextBoolean() ? " or " : " OR ")
                : (random.nextBoolean() ? " " : " And "));
      }
      text.append(write(part, level));
    }
    return text.toString();
  }

  private static String grouped(String text, boolean needed) {
    return needed ? "( " + text + ")" : text;
  }

  private static String prefix(Node.Scope scope) {
    return switch (scope) {
      case ANYWHERE -> "";
      case TITLE -> "title:";
      case URL -> "URL:";
    };
  }

  private String quoted(String text) {
    char quote = random.nextBoolean() ? '"' : '\'';
    return quote + text.replace("\\", "\\\\").replace("" + quote, "\\" + quote) + quote;
  }

  private static String day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }
}
