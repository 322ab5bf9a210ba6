package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.json;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private static final Principal LOCAL =
      new Principal("local", "local", false, Set.of("*"), Principal.Via.LOCAL);
  private static TestServer production;
  private static TestServer development;

  @BeforeAll
  static void start() {
    Route[] routes = {
      open(GET, "/api/v1/open", AccessTest::who),
      Route.of(GET, "/api/v1/user", "for a test", AccessTest::who),
      Route.of(POST, "/api/v1/user", "for a test", AccessTest::who),
      Route.of(GET, "/api/v1/admin", "for a test", AccessTest::who).access(Route.Access.ADMIN),
      Route.of(GET, "/api/state", "for a test", AccessTest::who)
          .access(Route.Access.LOCAL_USER)
          .family(Route.Family.PRODUCTION)
    };
    production = TestServer.of(routes);
    development = TestServer.builder().routes(routes).options(o -> o.localUser(LOCAL)).start();
  }

  private static Response who(Request request) {
    return Response.json(request.caller().map(Principal::username).orElse("nobody"));
  }

  @AfterAll
  static void stop() {
    production.close();
    development.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/open, '', 200",
    "/api/v1/open, alice, 200",
    "/api/v1/open, wrong, 200",
    "/api/v1/user, '', 401",
    "/api/v1/user, alice, 200",
    "/api/v1/user, wrong, 401",
    "/api/v1/admin, '', 401",
    "/api/v1/admin, alice, 403",
    "/api/v1/admin, root, 200",
    "/api/state, '', 401",
    "/api/state, alice, 200",
    "/api/state, wrong, 401"
  })
  void letsInWhoMayCall(String path, String token, int status) throws Exception {
    HttpResponse<String> answer =
        token.isEmpty()
            ? production.get(path)
            : production.get(path, "Authorization", "Bearer " + token);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
        .isEqualTo(status == 401);
  }

  @Test
  void refusesBeforeItLooksAtTheBody() throws Exception {
    HttpResponse<String> answer =
        production.send(
            production
                .request("/api/v1/user")
                .POST(HttpRequest.BodyPublishers.ofString("{\"broken\"")));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).get("code").stringValue()).isEqualTo("not_authenticated");
  }

  @Test
  void actsAsTheLocalUserInDevelopmentOnly() throws Exception {
    assertThat(development.get("/api/state").body()).isEqualTo("\"local\"");
    assertThat(development.get("/api/v1/user").statusCode()).isEqualTo(401);
    assertThat(development.get("/api/state", "Authorization", "Bearer alice").body())
        .isEqualTo("\"alice\"");
    assertThat(development.get("/api/state", "Authorization", "Bearer wrong").statusCode())
        .isEqualTo(401);
    assertThat(production.get("/api/state").body())
        .isEqualTo("{\"success\":false,\"error\":\"Not authenticated: log in first\"}");
  }

  @Test
  void trustsNoOtherSiteProxyOrName() throws Exception {
    String own = "http://localhost:" + development.port();
    assertThat(development.get("/api/state", "Origin", own).statusCode()).isEqualTo(200);
    assertThat(development.get("/api/state", "Origin", "http://localhost:1").statusCode())
        .isEqualTo(401);
    assertThat(development.get("/api/state", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(401);
    assertThat(development.get("/api/state", "X-Forwarded-For", "127.0.0.1").statusCode())
        .isEqualTo(401);
    try (RawClient client = development.raw()) {
      client.send("GET /api/state HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 401 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost:5000, , , true",
    "127.0.0.1, LOCALHOST, , , true",
    "127.0.0.1, 127.0.0.1:5000, , , true",
    "::1, [::1]:5000, , , true",
    "127.0.0.1, localhost:5000, http://localhost:5000, same-origin, true",
    "127.0.0.1, localhost:5000, , none, true",
    "127.0.0.1, localhost:5000, http://localhost:5001, , false",
    "127.0.0.1, localhost:5000, https://localhost:5000, , false",
    "127.0.0.1, localhost:5000, null, , false",
    "127.0.0.1, localhost:5000, , same-site, false",
    "127.0.0.1, localhost:5000, , cross-site, false",
    "127.0.0.1, localhost.example.com, , , false",
    "127.0.0.1, 127.0.0.1.example.com, , , false",
    "127.0.0.1, example.com, , , false",
    "127.0.0.1, '', , , false",
    "192.0.2.1, localhost:5000, , , false"
  })
  void knowsALocalRequest(String peer, String host, String origin, String site, boolean allowed) {
    Map<String, String> headers = new TreeMap<>(Map.of("Host", host));
    if (origin != null) {
      headers.put("Origin", origin);
    }
    if (site != null) {
      headers.put("Sec-Fetch-Site", site);
    }
    assertThat(
            LocalAccess.allows(
                InetAddress.ofLiteral(peer), name -> Optional.ofNullable(headers.get(name))))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"})
  void refusesForwardedRequests(String header) {
    Map<String, String> headers = Map.of("Host", "localhost", header, "x");
    assertThat(
            LocalAccess.allows(
                InetAddress.getLoopbackAddress(), name -> Optional.ofNullable(headers.get(name))))
        .isFalse();
  }
}
