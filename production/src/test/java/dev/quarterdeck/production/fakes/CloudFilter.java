package dev.quarterdeck.production.fakes;

import dev.quarterdeck.production.fakes.FakeBitbucket.Refused;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Bitbucket Cloud's `q`: comparisons of text joined by AND and OR, with parentheses.
final class CloudFilter {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\\(|\\)|(?i:AND|OR)\\b|([a-z_.]+)\\s*(=|!=|~|!~)\\s*\"((?:[^\"\\\\]|\\\\.)*)\")");

  private final String query;
  private final Matcher tokens;
  private int position;

  private CloudFilter(String query) {
    this.query = query;
    this.tokens = TOKEN.matcher(query);
  }

  /// Whether the value passes.
  static boolean passes(String query, JsonNode value) {
    CloudFilter filter = new CloudFilter(query);
    boolean result = filter.any(value);
    if (!query.substring(filter.position).isBlank()) {
      throw new Refused(400, "Invalid query: " + query);
    }
    return result;
  }

  private boolean any(JsonNode value) {
    boolean result = all(value);
    while (takes("OR")) {
      result |= all(value);
    }
    return result;
  }

  private boolean all(JsonNode value) {
    boolean result = one(value);
    while (takes("AND")) {
      result &= one(value);
    }
    return result;
  }

  private boolean one(JsonNode value) {
    if (takes("(")) {
      boolean result = any(value);
      if (!takes(")")) {
        throw new Refused(400, "Invalid query: " + query);
      }
      return result;
    }
    if (!looking() || tokens.group(2) == null) {
      throw new Refused(400, "Invalid query: " + query);
    }
    position = tokens.end();
    JsonNode found = value;
    for (String name : List.of(tokens.group(2).split("\\."))) {
      found = found.path(name);
    }
    String actual = found.asString("");
    String wanted = tokens.group(4).replaceAll("\\\\(.)", "$1");
    boolean contains = actual.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    return switch (tokens.group(3)) {
      case "=" -> actual.equals(wanted);
      case "!=" -> !actual.equals(wanted);
      case "~" -> contains;
      default -> !contains;
    };
  }

  private boolean takes(String word) {
    if (looking() && tokens.group(1).equalsIgnoreCase(word)) {
      position = tokens.end();
      return true;
    }
    return false;
  }

  private boolean looking() {
    return tokens.region(position, query.length()).lookingAt();
  }
}
