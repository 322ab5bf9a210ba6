package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.json;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.of(
            open(GET, "/", r -> Response.html("home")),
            open(GET, "/console", r -> Response.html("console")),
            open(GET, "/api/v1/things/{id}", r -> Response.json(Map.of("id", r.pathValue("id")))),
            open(GET, "/api/v1/things/special", r -> Response.json(Map.of("special", true))),
            open(POST, "/api/v1/things/search", r -> Response.json(Map.of("search", true))),
            open(GET, "/api/v1/admin/users/", r -> Response.json(Map.of("users", 0))),
            open(
                GET,
                "/api/v1/things/{id}/parts/{part}",
                r -> Response.json(Map.of("id", r.pathValue("id"), "part", r.pathValue("part")))),
            open(GET, "/api/v1/query", r -> Response.json(r.queryAll("q"))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void prefersLiteralToPlaceholder() throws Exception {
    assertThat(json(server.get("/api/v1/things/special")).get("special").booleanValue()).isTrue();
    assertThat(json(server.get("/api/v1/things/x")).get("id").stringValue()).isEqualTo("x");
  }

  @Test
  void fallsBackToPlaceholderWhenLiteralLacksTheMethod() throws Exception {
    assertThat(json(server.get("/api/v1/things/search")).get("id").stringValue())
        .isEqualTo("search");
  }

  @ParameterizedTest
  @CsvSource({
    "h%C3%A9llo, héllo",
    "a%2Fb, a/b",
    "a%20b, a b",
    "a+b, a+b",
    "%2e%2e%2fetc, ../etc",
    "x;y=1, x;y=1",
    "%25, %"
  })
  void decodesPathValuesSegmentBySegment(String raw, String decoded) throws Exception {
    assertThat(json(server.get("/api/v1/things/" + raw)).get("id").stringValue())
        .isEqualTo(decoded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/things/%zz",
        "/api/v1/things/%4",
        "/api/v1/things/%ff",
        "/api/v1/things/%00",
        "/api/v1/things/%0a",
        "/api/v1/things/%2e%2e",
        "/api/v1/things/%2E"
      })
  void refusesPathsThatCannotBeDecodedSafely(String path) throws Exception {
    try (RawClient client = server.raw()) {
      String answer =
          client
              .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
              .readAll();
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"detail\"").contains("\"code\"");
    }
  }

  @Test
  void neverLeavesTheTreeByDots() throws Exception {
    try (RawClient client = server.raw()) {
      client.send(
          "GET /api/v1/things/../admin/users HTTP/1.1\r\n"
              + "Host: localhost\r\n"
              + "Connection: close\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void ignoresTrailingSlashUnderApiOnly() throws Exception {
    assertThat(server.get("/api/v1/things/special/").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/admin/users").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/admin/users/").statusCode()).isEqualTo(200);
    assertThat(server.get("/console").statusCode()).isEqualTo(200);
    assertThat(server.get("/console/").statusCode()).isEqualTo(404);
    assertThat(server.get("/").body()).isEqualTo("home");
  }

  @Test
  void emptySegmentIsNoPathValue() throws Exception {
    assertThat(server.get("/api/v1/things//parts/1").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsUnknownPathFromUnknownMethod() throws Exception {
    HttpResponse<String> unknown = server.get("/api/v1/nothing");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json(unknown).get("type").stringValue()).isEqualTo("NotFoundError");
    assertThat(json(unknown).get("code").stringValue()).isEqualTo("route_not_found");

    HttpResponse<String> wrong = server.send(server.request("/api/v1/things/x").DELETE());
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  void refusesMethodsThatNobodyDeclared() throws Exception {
    HttpResponse<String> trace =
        server.send(
            server.request("/api/v1/query").method("TRACE", HttpRequest.BodyPublishers.noBody()));
    assertThat(trace.statusCode()).isEqualTo(405);
  }

  @Test
  void answersHeadLikeGetWithoutBody() throws Exception {
    HttpResponse<String> get = server.get("/api/v1/query?q=1");
    HttpResponse<String> head = server.send(server.request("/api/v1/query?q=1").HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"))
        .isPresent();
  }

  @Test
  void listsMethodsOnOptions() throws Exception {
    HttpResponse<String> options =
        server.send(
            server.request("/api/v1/query").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  void readsAllValuesOfAQueryParameter() throws Exception {
    assertThat(server.get("/api/v1/query?q=a%20b&q=c%2Bd&q=e+f&other=1&q").body())
        .isEqualTo("[\"a b\",\"c+d\",\"e f\",\"\"]");
  }

  @Test
  void refusesTwoRoutesForTheSameRequests() {
    Route one = open(GET, "/api/v1/things/{id}", r -> Response.noContent());
    Route other = open(GET, "/api/v1/things/{name}/", r -> Response.noContent());
    assertThatThrownBy(() -> TestServer.of(one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "GET /api/v1/things/{name}/: the route /api/v1/things/{id} takes the same requests");
  }
}
