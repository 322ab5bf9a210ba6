package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads answers in JSON.
final class Answers {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Answers() {}

  /// The answer as an object.
  ///
  /// @throws SourceException [SourceFault.Malformed] when it is none
  static JsonNode object(String host, Ask ask, Answer answer) {
    if (!answer.type().isEmpty() && !answer.type().endsWith("json")) {
      throw malformed(host, ask, "is " + answer.type());
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(answer.body());
    } catch (JacksonException broken) {
      throw malformed(
          host, ask, "breaks off or is no JSON after %d bytes".formatted(answer.body().length));
    }
    if (!root.isObject()) {
      throw malformed(host, ask, "is a JSON " + root.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    return root;
  }

  /// A text that must be there.
  static String text(String host, Ask ask, JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isString()) {
      throw malformed(host, ask, "has no text \"%s\" where one belongs".formatted(field));
    }
    return value.stringValue();
  }

  /// The rows of a page.
  static JsonNode rows(String host, Ask ask, JsonNode page) {
    JsonNode rows = page.path("values");
    if (!rows.isArray()) {
      throw malformed(host, ask, "has no list \"values\"");
    }
    return rows;
  }

  static SourceException malformed(String host, Ask ask, String what) {
    return new SourceException(
        new SourceFault.Malformed(
            "%s: the answer to GET %s %s (expected: a JSON object as documented); check BITBUCKET_BASE_URL, or try again"
                .formatted(host, ask.shown(), what)));
  }
}
