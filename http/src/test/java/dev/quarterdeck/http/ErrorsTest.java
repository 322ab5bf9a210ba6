package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.TestServer.json;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.quarterdeck.runtime.Problem;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class ErrorsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(new Problem.BadRequest("c", "d"), 400, "BadRequestError"),
        Arguments.of(new Problem.InvalidState("c", "d"), 400, "InvalidStateError"),
        Arguments.of(new Problem.Unauthenticated("c", "d"), 401, "UnauthorizedError"),
        Arguments.of(new Problem.Forbidden("c", "d"), 403, "ForbiddenError"),
        Arguments.of(new Problem.NotFound("c", "d"), 404, "NotFoundError"),
        Arguments.of(
            new Problem.MethodNotAllowed("c", "d", List.of("GET")), 405, "MethodNotAllowedError"),
        Arguments.of(new Problem.Conflict("c", "d"), 409, "ConflictError"),
        Arguments.of(new Problem.TooLarge("c", "d"), 413, "PayloadTooLargeError"),
        Arguments.of(new Problem.UnsupportedMedia("c", "d"), 415, "UnsupportedMediaTypeError"),
        Arguments.of(new Problem.Locked("c", "d", MINUTE), 423, "AccountLockedError"),
        Arguments.of(new Problem.Throttled("c", "d", MINUTE), 429, "ThrottledError"),
        Arguments.of(new Problem.Internal("c", "d"), 500, "InfrastructureError"),
        Arguments.of(new Problem.Unavailable("c", "d", MINUTE), 503, "UnavailableError"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void showsEachProblemInTheShapeOfItsFamily(Problem problem, int status, String type)
      throws Exception {
    Route route = open(GET, "/api/v1/fails", r -> fail(problem));
    try (TestServer server =
        TestServer.of(
            route,
            open(GET, "/api/bookmarks", r -> fail(problem)).family(Route.Family.BOOKMARKS),
            open(GET, "/api/status", r -> fail(problem)).family(Route.Family.PRODUCTION),
            open(GET, "/linkding/api/tags/", r -> fail(problem)).family(Route.Family.LINKDING),
            open(GET, "/page", r -> fail(problem)).family(Route.Family.PAGE))) {
      HttpResponse<String> v1 = server.get("/api/v1/fails");
      assertThat(v1.statusCode()).isEqualTo(status);
      assertThat(json(v1).get("detail").stringValue()).isEqualTo("d");
      assertThat(json(v1).get("type").stringValue()).isEqualTo(type);
      assertThat(json(v1).get("code").stringValue()).isEqualTo("c");
      assertThat(v1.headers().firstValue("X-Request-ID")).isPresent();
      if (status == 423 || status == 429 || status == 503) {
        assertThat(v1.headers().firstValue("Retry-After")).contains("60");
      }
      if (status == 429) {
        assertThat(json(v1).get("retry_after").longValue()).isEqualTo(60);
        assertThat(json(v1).get("reset_at").stringValue()).endsWith("Z");
      }
      assertThat(server.get("/api/bookmarks").body()).isEqualTo("{\"error\":\"d\"}");
      assertThat(server.get("/linkding/api/tags/").body())
          .isEqualTo("{\"detail\":\"%s\"}", status == 401 ? "Invalid token." : "d");
      assertThat(server.get("/api/status").body()).isEqualTo("{\"success\":false,\"error\":\"d\"}");
      HttpResponse<String> page = server.get("/page");
      assertThat(page.statusCode()).isEqualTo(status);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body()).contains("<p>d</p>");
    }
  }

  private static Response fail(Problem problem) {
    throw problem.raise();
  }

  @Test
  void listsViolationsAsFastApiDoes() throws Exception {
    Problem problem =
        new Problem.Invalid(
            "c", "d", List.of(new Problem.Violation(List.of("body", "tags", 1), "no", "rule")));
    Problem without = new Problem.Invalid("key_reused", "another body", List.of());
    try (TestServer server =
        TestServer.of(
            open(GET, "/api/v1/with", r -> fail(problem)),
            open(GET, "/api/v1/without", r -> fail(without)))) {
      HttpResponse<String> with = server.get("/api/v1/with");
      assertThat(with.statusCode()).isEqualTo(422);
      assertThat(json(with).get("detail").get(0).get("loc").toString())
          .isEqualTo("[\"body\",\"tags\",1]");
      assertThat(json(server.get("/api/v1/without")).get("detail").get(0).get("msg").stringValue())
          .isEqualTo("another body");
    }
  }

  @Test
  void listsViolationsOfLinkdingByField() throws Exception {
    Problem problem =
        new Problem.Invalid(
            "c",
            "d",
            List.of(
                new Problem.Violation(List.of("body", "url"), "Enter a valid URL.", "url"),
                new Problem.Violation(List.of("body", "title"), "Too long.", "title")));
    Problem malformed =
        new Problem.Invalid(
            "c", "not JSON", List.of(new Problem.Violation(List.of("body", 7), "x", "y")));
    try (TestServer server =
        TestServer.of(
            open(GET, "/linkding/api/a/", r -> fail(problem)).family(Route.Family.LINKDING),
            open(GET, "/linkding/api/b/", r -> fail(malformed)).family(Route.Family.LINKDING),
            Route.of(GET, "/linkding/api/c/", "for a test", r -> Response.noContent())
                .family(Route.Family.LINKDING))) {
      HttpResponse<String> fields = server.get("/linkding/api/a");
      assertThat(fields.statusCode()).isEqualTo(400);
      assertThat(fields.body())
          .isEqualTo("{\"url\":[\"Enter a valid URL.\"],\"title\":[\"Too long.\"]}");
      assertThat(server.get("/linkding/api/b/").body()).isEqualTo("{\"detail\":\"not JSON\"}");
      HttpResponse<String> anonymous = server.get("/linkding/api/c/");
      assertThat(anonymous.statusCode()).isEqualTo(401);
      assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("Token");
      assertThat(anonymous.body())
          .isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
      assertThat(server.get("/linkding/nothing/").body())
          .isEqualTo("{\"detail\":\"Nothing is here: /linkding/nothing/\"}");
    }
  }

  @Test
  void escapesDetailsInPages() throws Exception {
    try (TestServer server =
        TestServer.of(
            open(GET, "/page", r -> fail(new Problem.NotFound("c", "<script>\"'&")))
                .family(Route.Family.PAGE))) {
      assertThat(server.get("/page").body())
          .contains("<p>&lt;script&gt;&quot;&#39;&amp;</p>")
          .doesNotContain("<script>");
    }
  }

  @Test
  void takesTheShapeOfTheNeighboursForUnknownPaths() throws Exception {
    try (TestServer server =
        TestServer.of(
            open(GET, "/api/v1/a", r -> Response.noContent()),
            open(GET, "/api/bookmarks/{id}", r -> Response.noContent())
                .family(Route.Family.BOOKMARKS))) {
      assertThat(server.get("/api/v1/x").body()).contains("\"code\":\"route_not_found\"");
      assertThat(server.get("/api/bookmarks/1/x").body()).startsWith("{\"error\":");
      assertThat(server.get("/x").headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/html");
    }
  }

  @Test
  void hidesInternalsAndLogsThemWithTheRequestId() throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Dispatcher.class);
    lines.start();
    logger.addAppender(lines);
    try (TestServer server =
        TestServer.of(
            open(
                GET,
                "/api/v1/broken",
                r -> {
                  throw new IllegalStateException("secret=hunter2");
                }),
            open(GET, "/api/v1/unwritable", r -> Response.json(new Unwritable())),
            open(GET, "/api/v1/error", r -> error()),
            open(GET, "/api/v1/split", r -> Response.noContent().header("X", "a\r\nSet-Cookie: b")),
            open(GET, "/api/v1/none", r -> Response.json(r.principal())))) {
      HttpResponse<String> answer = server.get("/api/v1/broken");
      String id = answer.headers().firstValue("X-Request-ID").orElseThrow();
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(json(answer).get("detail").stringValue())
          .isEqualTo("Something went wrong on our side; request id " + id);
      assertThat(answer.body()).doesNotContain("hunter2").doesNotContain("Exception");
      assertThat(lines.list).hasSize(1);
      ILoggingEvent line = lines.list.getFirst();
      assertThat(line.getMDCPropertyMap()).containsEntry("request_id", id);
      assertThat(line.getThrowableProxy().getMessage()).isEqualTo("secret=hunter2");

      assertThat(server.get("/api/v1/unwritable").body()).contains("\"internal_error\"");
      assertThat(server.get("/api/v1/error").body()).contains("\"internal_error\"");
      assertThat(server.get("/api/v1/none").body()).contains("\"internal_error\"");
      HttpResponse<String> split = server.get("/api/v1/split");
      assertThat(split.statusCode()).isEqualTo(500);
      assertThat(split.headers().firstValue("Set-Cookie")).isEmpty();
    } finally {
      logger.detachAppender(lines);
    }
  }

  private static Response error() {
    throw new StackOverflowError("deep");
  }

  /// A value that cannot be written.
  public static final class Unwritable {
    public String getValue() {
      throw new IllegalStateException("hunter2");
    }
  }
}
