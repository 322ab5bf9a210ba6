package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.quarterdeck.settings.units.Cidr;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HeadersTest {
  private static final Cidr LOOPBACK = new Cidr(InetAddress.ofLiteral("127.0.0.0"), 8);
  private static final String SITE = "https://app.example.com";
  private static final Route HELLO = open(GET, "/api/v1/hello", r -> Response.json(Map.of("a", 1)));
  private static final Route PAGE = open(GET, "/page", r -> Response.html("<p>hi</p>"));

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/hello", "/page", "/nothing", "/api/v1/nothing"})
  void protectsEveryAnswerAndNamesNoSoftware(String path) throws Exception {
    try (TestServer server = TestServer.of(HELLO, PAGE)) {
      HttpResponse<String> answer = server.get(path);
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
      assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
      assertThat(answer.headers().firstValue("Server")).isEmpty();
      assertThat(answer.headers().map().toString()).doesNotContainIgnoringCase("helidon");
      String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(policy)
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
    }
  }

  @Test
  void allowsPagesTheirOwnScriptsOnly() throws Exception {
    try (TestServer server = TestServer.of(PAGE)) {
      assertThat(server.get("/page").headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("script-src 'self';");
    }
  }

  @Test
  void givesEachRequestAnIdThatOnlyATrustedProxyMayChoose() throws Exception {
    try (TestServer open = TestServer.of(HELLO);
        TestServer behind = TestServer.builder().routes(HELLO).proxies(LOOPBACK).start()) {
      String first = open.get("/api/v1/hello").headers().firstValue("X-Request-ID").orElseThrow();
      assertThat(open.get("/api/v1/hello").headers().firstValue("X-Request-ID").orElseThrow())
          .isNotEqualTo(first);
      String id = "X-Request-ID";
      assertThat(open.get("/api/v1/hello", id, "mine").headers().firstValue(id).orElseThrow())
          .isNotEqualTo("mine");
      assertThat(behind.get("/api/v1/hello", id, "mine-1").headers().firstValue(id))
          .contains("mine-1");
      assertThat(behind.get("/api/v1/hello", id, "no good").headers().firstValue(id).orElseThrow())
          .isNotEqualTo("no good");
      assertThat(behind.get("/api/v1/hello", id, "x".repeat(65)).headers().firstValue(id))
          .get()
          .isNotEqualTo("x".repeat(65));
    }
  }

  @Test
  void writesOneAccessLineForEachRequestWithItsId() throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.quarterdeck.http.access");
    lines.start();
    logger.addAppender(lines);
    try (TestServer server = TestServer.of(HELLO)) {
      String id = server.get("/api/v1/hello").headers().firstValue("X-Request-ID").orElseThrow();
      Eventually.holds(() -> lines.list.size() == 1);
      ILoggingEvent line = lines.list.getFirst();
      assertThat(line.getFormattedMessage()).startsWith("GET /api/v1/hello 200 7 bytes ");
      assertThat(line.getMDCPropertyMap()).containsEntry("request_id", id);
    } finally {
      logger.detachAppender(lines);
    }
  }

  @Test
  void letsAllowedOriginsReadAnswersAndNoOthers() throws Exception {
    try (TestServer server =
        TestServer.builder()
            .routes(HELLO, open(POST, "/api/v1/hello", r -> Response.noContent()))
            .origins(SITE)
            .start()) {
      HttpResponse<String> allowed = server.get("/api/v1/hello", "Origin", SITE);
      assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
      assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
      assertThat(allowed.headers().firstValue("Vary")).contains("Origin");
      for (String other : new String[] {"https://evil.example.com", SITE + ":8443", "null"}) {
        assertThat(
                server
                    .get("/api/v1/hello", "Origin", other)
                    .headers()
                    .firstValue("Access-Control-Allow-Origin"))
            .isEmpty();
      }
      HttpResponse<String> error = server.get("/api/v1/nothing", "Origin", SITE);
      assertThat(error.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);

      HttpResponse<String> preflight = server.send(preflight(server, SITE));
      assertThat(preflight.statusCode()).isEqualTo(204);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
          .contains("GET, HEAD, POST, OPTIONS");
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
          .contains("X-CSRF-Token");
      HttpResponse<String> refused = server.send(preflight(server, "https://evil.example.com"));
      assertThat(refused.headers().firstValue("Access-Control-Allow-Methods")).isEmpty();
      assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  private static HttpRequest.Builder preflight(TestServer server, String origin) {
    return server
        .request("/api/v1/hello")
        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "null", "app.example.com", "https://app.example.com/", "ftp://a.example", ""})
  void refusesToStartWithWhatIsNoOrigin(String origin) {
    assertThatThrownBy(() -> TestServer.builder().routes(HELLO).origins(origin).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("CORS_ORIGINS: " + origin + " (expected: origins such as ");
  }

  @Test
  void tellsWhetherTheClientUsedTls() throws Exception {
    Route secure = open(GET, "/api/v1/secure", r -> Response.json(r.secure()));
    try (TestServer open = TestServer.of(secure);
        TestServer behind = TestServer.builder().routes(secure).proxies(LOOPBACK).start()) {
      assertThat(open.get("/api/v1/secure", "X-Forwarded-Proto", "https").body())
          .isEqualTo("false");
      assertThat(behind.get("/api/v1/secure", "X-Forwarded-Proto", "https").body())
          .isEqualTo("true");
      assertThat(behind.get("/api/v1/secure").body()).isEqualTo("false");
    }
  }

  @Test
  void readsHeadersCookiesAndSetsCookies() throws Exception {
    Route route =
        open(
            GET,
            "/api/v1/cookies",
            r ->
                Response.json(
                        Map.of(
                            "a", r.cookie("a").orElse("none"),
                            "b", r.cookie("b").orElse("none"),
                            "h", r.header("x-thing").orElse("none")))
                    .cookie("one=1; Path=/")
                    .cookie("two=2; HttpOnly"));
    try (TestServer server = TestServer.of(route)) {
      HttpResponse<String> answer =
          server.get("/api/v1/cookies", "Cookie", "a=x=y; b=\"q\"; c", "X-Thing", "t");
      assertThat(answer.body()).contains("\"a\":\"x=y\"", "\"b\":\"q\"", "\"h\":\"t\"");
      assertThat(answer.headers().allValues("Set-Cookie"))
          .containsExactly("one=1; Path=/", "two=2; HttpOnly");
    }
  }
}
