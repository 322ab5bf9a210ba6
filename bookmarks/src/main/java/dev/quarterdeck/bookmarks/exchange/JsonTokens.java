package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// JSON files token by token: bounded in depth and in the length of one text, never whole in
/// memory.
final class JsonTokens {
  private static final int DEPTH_MAX = 200;
  private static final int TEXT_MAX = 20_000_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(TEXT_MAX)
                  .maxNameLength(10_000)
                  .maxNumberLength(100)
                  .build())
          .build();

  private JsonTokens() {}

  /// A parser over characters, which it closes.
  static JsonParser open(Reader in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }

  /// Runs a reading; where the JSON breaks it ends, and that is told.
  static void read(Reader in, Entries entries, Reading reading) throws IOException {
    try (JsonParser parser = open(in)) {
      reading.read(parser);
    } catch (JacksonException broken) {
      if (broken.getCause() instanceof IOException failure) {
        throw failure;
      }
      long line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
      entries.problem(
          Math.max(1, line),
          Code.FILE_BROKEN,
          "the JSON breaks here, or is nested deeper than %d; what comes after is not read"
              .formatted(DEPTH_MAX));
    }
  }

  static long line(JsonParser parser) {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  /// The value here as text: a text, a number or a truth value; empty for everything else, which is
  /// passed over.
  static String text(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      parser.skipChildren();
      return "";
    }
    return token == JsonToken.VALUE_NULL || !token.isScalarValue() ? "" : parser.getString();
  }

  /// The texts of the list here; a text alone is split at commas.
  static List<String> texts(JsonParser parser) {
    return texts(parser, 1000);
  }

  /// The first texts of the list here.
  static List<String> texts(JsonParser parser, int max) {
    List<String> texts = new ArrayList<>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return FileText.split(text(parser), ",");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String text = text(parser);
      if (texts.size() < max && !text.isBlank()) {
        texts.add(text);
      }
    }
    return texts;
  }

  /// Reads tokens.
  @FunctionalInterface
  interface Reading {
    void read(JsonParser parser);
  }
}
