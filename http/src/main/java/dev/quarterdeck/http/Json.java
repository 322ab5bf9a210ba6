package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of the HTTP API: records with snake-case names, instants in ISO 8601 with `Z`. Reading
/// is strict: UTF-8, no duplicate names, nothing after the value, bounded depth and length. Safe
/// for all threads.
public final class Json {
  private static final Pattern PLACE_IN_SOURCE = Pattern.compile("\\s*(\\(.*\\[Source|\\n).*");
  private static final int MAX_DEPTH = 100;
  private static final int MAX_TEXT = 20_000_000;
  private static final int MAX_NAME = 10_000;
  private static final int MAX_NUMBER = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_TEXT)
                          .maxNameLength(MAX_NAME)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private Json() {}

  /// The value as UTF-8.
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /// The value on one line.
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// Reads what we wrote ourselves, a record or a map.
  ///
  /// @throws JacksonException the text does not fit the type
  public static <T> T read(String text, Class<T> type) {
    return MAPPER.readValue(text, type);
  }

  /// Reads what a caller sent.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422 with the place when it is not JSON
  public static JsonNode parse(byte[] utf8) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw invalid(0, "the body is not valid UTF-8");
    }
    if (text.isBlank()) {
      throw new Problem.Invalid(
              "body_missing",
              "The request has no body (expected: a JSON object)",
              List.of(new Problem.Violation(List.of("body"), "Field required", "missing")))
          .raise();
    }
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException malformed) {
      TokenStreamLocation place = malformed.getLocation();
      throw invalid(place == null ? 0 : place.getCharOffset(), reason(malformed));
    }
  }

  private static String reason(JacksonException malformed) {
    return switch (malformed) {
      case UnexpectedEndOfInputException e -> "the text ends before the value does";
      case StreamConstraintsException e -> "it is nested too deep, or a text or number is too long";
      case MismatchedInputException e -> "something follows the value";
      default ->
          malformed.getOriginalMessage().startsWith("Duplicate")
              ? "an object has the same name twice"
              : PLACE_IN_SOURCE.matcher(malformed.getOriginalMessage()).replaceAll("");
    };
  }

  private static RuntimeException invalid(long offset, String reason) {
    return new Problem.Invalid(
            "json_invalid",
            "The body is not JSON: " + reason,
            List.of(
                new Problem.Violation(
                    List.of("body", Math.max(0, offset)),
                    "JSON decode error: " + reason,
                    "json_invalid")))
        .raise();
  }
}
