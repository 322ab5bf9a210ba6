package dev.quarterdeck.testing.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An OpenAPI 3.1 document that answers are compared with. Further fields in an answer are allowed;
/// missing or wrongly typed ones are not. Immutable, safe for all threads.
public final class OpenApiDocument {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JsonNode document;
  private final SchemaCheck check;

  private OpenApiDocument(String text) {
    this.document = MAPPER.readTree(text);
    if (!document.path("paths").isObject()) {
      throw new IllegalArgumentException("no OpenAPI document: it has no paths");
    }
    this.check = new SchemaCheck(document);
  }

  /// The document of the executions API that Quarterdeck is a drop-in for.
  public static OpenApiDocument executions() {
    return resource("executions-api.openapi.json");
  }

  /// Reads a resource beside this class.
  static OpenApiDocument resource(String name) {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException(name + ": no such resource of the testing module");
      }
      return new OpenApiDocument(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Reads a file.
  public static OpenApiDocument load(Path file) throws IOException {
    return new OpenApiDocument(Files.readString(file));
  }

  /// Reads the text of a document, for example the answer of `/api/v1/openapi.json`.
  public static OpenApiDocument parse(String text) {
    return new OpenApiDocument(text);
  }

  /// Fails unless the answer is as documented.
  ///
  /// @param method `GET`, `POST`, …
  /// @param path as requested: with values, not braces; a query is ignored
  /// @param body the text of the answer, empty for none
  /// @throws AssertionError lists every difference with its place in the answer
  public void assertMatches(String method, String path, int status, String body) {
    List<String> differences = differences(method, path, status, body);
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "%s %s answered %d, not as documented:%n  %s%nThe answer was: %s"
              .formatted(
                  method,
                  path,
                  status,
                  String.join(System.lineSeparator() + "  ", differences),
                  body));
    }
  }

  /// Every difference between an answer and the document; none when it is as documented.
  public List<String> differences(String method, String path, int status, String body) {
    Optional<JsonNode> operation = operation(method, path);
    if (operation.isEmpty()) {
      return List.of("the document has no " + method + " " + path);
    }
    JsonNode response = operation.get().path("responses").path(Integer.toString(status));
    JsonNode schema;
    if (response.isMissingNode()) {
      if (status < 400) {
        return List.of(
            "status %d is not documented (expected: one of %s)"
                .formatted(status, operation.get().path("responses").propertyNames()));
      }
      String error = status == 422 ? "HTTPValidationError" : "ErrorResponse";
      schema = document.path("components").path("schemas").path(error);
    } else {
      JsonNode content = response.path("content").path("application/json");
      if (content.isMissingNode()) {
        return body.isEmpty() || response.has("content")
            ? List.of()
            : List.of("the answer must have no body");
      }
      schema = content.path("schema");
    }
    try {
      return check.differences(schema, MAPPER.readTree(body));
    } catch (JacksonException notJson) {
      return List.of("the body is not JSON: " + notJson.getOriginalMessage());
    }
  }

  /// Every difference between a value and a schema of the document's components.
  public List<String> schemaDifferences(String schema, String json) {
    JsonNode node = document.path("components").path("schemas").path(schema);
    if (node.isMissingNode()) {
      return List.of("the document has no schema " + schema);
    }
    return check.differences(node, MAPPER.readTree(json));
  }

  /// The names of the schemas of the document's components.
  public Set<String> schemaNames() {
    return Set.copyOf(document.path("components").path("schemas").propertyNames());
  }

  /// The operation of a request; a literal path is preferred to one with braces.
  private Optional<JsonNode> operation(String method, String path) {
    int question = path.indexOf('?');
    List<String> asked = segments(question < 0 ? path : path.substring(0, question));
    String key = method.toLowerCase(Locale.ROOT);
    JsonNode best = null;
    int fewestBraces = Integer.MAX_VALUE;
    for (Map.Entry<String, JsonNode> entry : document.path("paths").properties()) {
      int braces = match(segments(entry.getKey()), asked);
      if (braces >= 0 && braces < fewestBraces && entry.getValue().has(key)) {
        fewestBraces = braces;
        best = entry.getValue().get(key);
      }
    }
    return Optional.ofNullable(best);
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    if (segments.size() > 1 && segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    return segments;
  }

  /// How many segments in braces the pattern needs for the path, -1 when it does not fit.
  private static int match(List<String> pattern, List<String> path) {
    if (pattern.size() != path.size()) {
      return -1;
    }
    int braces = 0;
    for (int i = 0; i < pattern.size(); i++) {
      if (pattern.get(i).startsWith("{") && !path.get(i).isEmpty()) {
        braces++;
      } else if (!pattern.get(i).equals(path.get(i))) {
        return -1;
      }
    }
    return braces;
  }
}
