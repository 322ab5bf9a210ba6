package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.json;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonBodyTest {
  private static final OpenApiDocument API = OpenApiDocument.executions();
  private static TestServer server;

  record Answer(String langVersion, Instant createdAt, List<String> tags) {}

  @BeforeAll
  static void start() {
    server =
        TestServer.of(
            open(POST, "/api/v1/echo", r -> Response.json(r.json())),
            open(POST, "/api/v1/form", r -> Response.json(r.form())),
            open(
                POST,
                "/api/v1/answer",
                r -> Response.json(new Answer("3.12", Instant.ofEpochSecond(0), List.of()))),
            open(POST, "/api/v1/fields", JsonBodyTest::fields));
  }

  private static Response fields(Request request) {
    BodyFields fields = BodyFields.of(request);
    Map<String, Object> read =
        Map.of(
            "script", fields.string("script", 1, 10),
            "lang", fields.choice("lang", List.of("python", "bash"), "python"),
            "count", fields.integer("count", 1, 9, 5),
            "needed", fields.integer("needed", 1, 9),
            "deep", fields.object("deep").map(deep -> deep.string("name", 1, 3)).orElse("none"),
            "flag", fields.bool("flag", true),
            "args", fields.strings("args", 2, 3),
            "note", fields.optionalString("note", 3).orElse("none"));
    fields.check();
    return Response.json(read);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void writesSnakeCaseAndInstantsWithZ() throws Exception {
    assertThat(server.postJson("/api/v1/answer", "{}").body())
        .isEqualTo(
            "{\"lang_version\":\"3.12\",\"created_at\":\"1970-01-01T00:00:00Z\",\"tags\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\":1,}",
        "{\"a\":1} x",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "{'a':1}",
        "nul",
        "{\"a\":NaN}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":01}"
      })
  void refusesMalformedJsonWithItsPlace(String body) throws Exception {
    HttpResponse<String> answer = server.postJson("/api/v1/echo", body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(API.schemaDifferences("HTTPValidationError", answer.body())).isEmpty();
    JsonNode violation = json(answer).get("detail").get(0);
    assertThat(violation.get("loc").get(0).stringValue()).isEqualTo("body");
    assertThat(violation.get("loc").get(1).isIntegralNumber()).isTrue();
    assertThat(violation.get("type").stringValue()).isEqualTo("json_invalid");
    assertThat(violation.get("msg").stringValue()).startsWith("JSON decode error: ");
    assertThat(answer.body())
        .doesNotContainIgnoringCase("jackson")
        .doesNotContain("Source")
        .doesNotContain("\\n");
  }

  @Test
  void refusesWhatIsNestedTooDeepOrTooLongANumber() throws Exception {
    String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertThat(server.postJson("/api/v1/echo", deep).statusCode()).isEqualTo(422);
    String number = "{\"a\":" + "9".repeat(5000) + "}";
    assertThat(server.postJson("/api/v1/echo", number).statusCode()).isEqualTo(422);
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/api/v1/echo")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("not valid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
  void refusesJsonThatIsNoObject(String body) throws Exception {
    HttpResponse<String> answer = server.postJson("/api/v1/echo", body);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).get("detail").get(0).get("type").stringValue())
        .isEqualTo("model_attributes_type");
  }

  @Test
  void saysThatTheBodyIsMissing() throws Exception {
    HttpResponse<String> answer = server.postJson("/api/v1/echo", "");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).get("detail").toString())
        .isEqualTo("[{\"loc\":[\"body\"],\"msg\":\"Field required\",\"type\":\"missing\"}]");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 200",
    "application/json; charset=utf-8, 200",
    "APPLICATION/JSON, 200",
    "application/problem+json, 200",
    "text/plain, 422",
    "application/x-www-form-urlencoded, 422"
  })
  void readsJsonOnlyFromJson(String type, int status) throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/api/v1/echo")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}")));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void readsJsonWithoutNamedType() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/api/v1/echo")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":\"héllo ✓\"}")));
    assertThat(answer.body()).isEqualTo("{\"a\":\"héllo ✓\"}");
  }

  @Test
  void readsFieldsAndTheirDefaults() throws Exception {
    HttpResponse<String> answer =
        server.postJson("/api/v1/fields", "{\"script\":\"print(1)\",\"needed\":3,\"note\":null}");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode read = json(answer);
    assertThat(read.get("script").stringValue()).isEqualTo("print(1)");
    assertThat(read.get("lang").stringValue()).isEqualTo("python");
    assertThat(read.get("count").intValue()).isEqualTo(5);
    assertThat(read.get("note").stringValue()).isEqualTo("none");
  }

  @Test
  void listsEveryBrokenRuleAtOnce() throws Exception {
    HttpResponse<String> answer =
        server.postJson(
            "/api/v1/fields",
            """
            {"script": "12345678901", "lang": "cobol", "count": 10, "flag": "yes",
             "args": ["ok", 7], "note": {}, "deep": {"name": ""}}
            """);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(API.schemaDifferences("HTTPValidationError", answer.body())).isEmpty();
    assertThat(rules(answer))
        .containsExactlyInAnyOrder(
            "[\"body\",\"script\"] string_too_long",
            "[\"body\",\"lang\"] enum",
            "[\"body\",\"count\"] less_than_equal",
            "[\"body\",\"needed\"] missing",
            "[\"body\",\"deep\",\"name\"] string_too_short",
            "[\"body\",\"flag\"] bool_type",
            "[\"body\",\"args\",1] string_type",
            "[\"body\",\"note\"] string_type");
  }

  @ParameterizedTest
  @CsvSource({
    "null, string_type",
    "7, string_type",
    "\"\", string_too_short",
    "\"\\u0000\", string_unicode",
    "\"\\ud800\", string_unicode",
    "\"a\\udc00b\", string_unicode"
  })
  void refusesTextsThatCannotBeKept(String value, String rule) throws Exception {
    HttpResponse<String> answer =
        server.postJson("/api/v1/fields", "{\"needed\":1,\"script\":" + value + "}");
    assertThat(rules(answer)).containsExactly("[\"body\",\"script\"] " + rule);
  }

  @Test
  void countsCharactersNotCodeUnits() throws Exception {
    String ten = "\\ud83d\\ude00".repeat(10);
    assertThat(
            server
                .postJson("/api/v1/fields", "{\"needed\":1,\"script\":\"" + ten + "\"}")
                .statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, int_type",
    "\"1\", int_type",
    "0, greater_than_equal",
    "1e400, int_type",
    "99999999999999999999999, less_than_equal",
    "-99999999999999999999999, greater_than_equal"
  })
  void refusesNumbersOutOfRange(String value, String rule) throws Exception {
    HttpResponse<String> answer =
        server.postJson("/api/v1/fields", "{\"script\":\"x\",\"needed\":" + value + "}");
    assertThat(rules(answer)).containsExactly("[\"body\",\"needed\"] " + rule);
  }

  @Test
  void readsForms() throws Exception {
    HttpResponse<String> answer = form("username=user&password=a%26b+c&x");
    assertThat(json(answer).get("password").stringValue()).isEqualTo("a&b c");
    assertThat(form("a=%ff").statusCode()).isEqualTo(422);
    assertThat(server.postJson("/api/v1/form", "{}").statusCode()).isEqualTo(422);
  }

  private static HttpResponse<String> form(String body) throws Exception {
    return server.send(
        server
            .request("/api/v1/form")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static List<String> rules(HttpResponse<String> answer) {
    List<String> rules = new ArrayList<>();
    for (JsonNode violation : json(answer).get("detail")) {
      rules.add(violation.get("loc") + " " + violation.get("type").stringValue());
    }
    return rules;
  }
}
