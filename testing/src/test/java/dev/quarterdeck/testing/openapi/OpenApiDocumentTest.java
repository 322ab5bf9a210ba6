package dev.quarterdeck.testing.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiDocumentTest {
  private static final OpenApiDocument API = OpenApiDocument.executions();

  private static final String EXECUTED = "{\"execution_id\":\"e1\",\"status\":\"queued\"}";

  @Test
  void acceptsDocumentedAnswerWithFurtherFields() {
    API.assertMatches("POST", "/api/v1/execute", 200, EXECUTED);
    API.assertMatches(
        "POST", "/api/v1/execute", 200, EXECUTED.replace("}", ",\"more\":[{\"x\":1}]}"));
  }

  @Test
  void listsEveryDifferenceWithItsPlace() {
    assertThatThrownBy(
            () -> API.assertMatches("POST", "/api/v1/execute?x=1", 200, "{\"status\":\"odd\"}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("POST /api/v1/execute?x=1 answered 200, not as documented")
        .hasMessageContaining("$.execution_id: missing")
        .hasMessageContaining("$.status: \"odd\" (expected: one of [\"queued\"")
        .hasMessageContaining("The answer was: {\"status\":\"odd\"}");
  }

  @Test
  void findsWrongTypesBehindReferencesAndInLists() {
    assertThat(
            API.differences(
                "GET",
                "/api/v1/scripts/s1",
                422,
                "{\"detail\":[{\"loc\":[\"body\",1],\"msg\":7,\"type\":\"x\"}]}"))
        .containsExactly("$.detail[0].msg: 7 (expected: type \"string\")");
  }

  @Test
  void checksUndocumentedErrorsAgainstTheGeneralShape() {
    assertThat(
            API.differences("GET", "/api/v1/scripts/s1", 503, "{\"detail\":\"d\",\"type\":null}"))
        .isEmpty();
    assertThat(API.differences("GET", "/api/v1/scripts/s1", 503, "{\"error\":\"d\"}"))
        .containsExactly("$.detail: missing", "$.type: missing");
  }

  @Test
  void refusesUndocumentedStatusPathMethodAndText() {
    assertThat(API.differences("POST", "/api/v1/execute", 201, "{}"))
        .singleElement()
        .asString()
        .startsWith("status 201 is not documented (expected: one of [200,");
    assertThat(API.differences("GET", "/api/v1/nothing", 200, "{}"))
        .containsExactly("the document has no GET /api/v1/nothing");
    assertThat(API.differences("PATCH", "/api/v1/execute", 200, "{}"))
        .containsExactly("the document has no PATCH /api/v1/execute");
    assertThat(API.differences("POST", "/api/v1/execute", 200, "<html>"))
        .singleElement()
        .asString()
        .startsWith("the body is not JSON");
  }

  @Test
  void wantsNoBodyWhereNoneIsDocumented() {
    assertThat(API.differences("DELETE", "/api/v1/scripts/s1", 204, "")).isEmpty();
    assertThat(API.differences("DELETE", "/api/v1/scripts/s1", 204, "{}"))
        .containsExactly("the answer must have no body");
  }

  @Test
  void knowsEveryKeywordOfTheDocument() {
    for (String schema : API.schemaNames()) {
      for (String value : List.of("null", "1", "\"x\"", "{}", "[]", "{\"event_type\":1}")) {
        assertThatCode(() -> API.schemaDifferences(schema, value))
            .as(schema)
            .doesNotThrowAnyException();
      }
    }
    assertThat(API.schemaNames()).hasSizeGreaterThan(100);
  }

  @Test
  void checksTextsNumbersAndTimes() {
    OpenApiDocument document =
        OpenApiDocument.parse(
            """
            {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"S": {
              "type": "object",
              "properties": {
                "at": {"type": "string", "format": "date-time"},
                "name": {"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[a-z]+$"},
                "count": {"type": "integer", "minimum": 1, "maximum": 3},
                "either": {"anyOf": [{"type": "string"}, {"type": "null"}]}
              },
              "additionalProperties": {"type": "boolean"}
            }}}}
            """);
    assertThat(
            document.schemaDifferences(
                "S",
                "{\"at\":\"2026-11-21T02:00:00Z\",\"name\":\"ab\",\"count\":3.0,\"either\":null,\"x\":true}"))
        .isEmpty();
    assertThat(
            document.schemaDifferences(
                "S",
                "{\"at\":\"yesterday\",\"name\":\"ABCD\",\"count\":4,\"either\":1,\"x\":\"true\"}"))
        .hasSize(6)
        .anyMatch(d -> d.startsWith("$.at: \"yesterday\""))
        .anyMatch(d -> d.startsWith("$.either: fits none of 2 alternatives"))
        .contains("$.name: longer than 3", "$.x: \"true\" (expected: type \"boolean\")");
    assertThat(document.schemaDifferences("S", "{\"count\":1.5,\"name\":\"a\"}"))
        .containsExactly("$.count: 1.5 (expected: type \"integer\")", "$.name: shorter than 2");
  }

  @Test
  void failsForKeywordsThatItDoesNotKnow() {
    OpenApiDocument document =
        OpenApiDocument.parse(
            "{\"paths\":{},\"components\":{\"schemas\":{\"S\":{\"not\":{\"type\":\"null\"}}}}}");
    assertThatThrownBy(() -> document.schemaDifferences("S", "1"))
        .hasMessage("[not]: keywords of JSON Schema that SchemaCheck does not know; teach it");
  }

  @Test
  void loadsFiles(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a b.json"), "{\"paths\":{\"/x\":{\"get\":{}}}}");
    assertThat(OpenApiDocument.load(file).differences("GET", "/x", 200, "1"))
        .containsExactly("status 200 is not documented (expected: one of [])");
    Path other = Files.writeString(folder.resolve("other.json"), "{}");
    assertThatThrownBy(() -> OpenApiDocument.load(other))
        .hasMessage("no OpenAPI document: it has no paths");
  }
}
