package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
  private static final String GET_A = "GET /api/v1/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final Route A = open(GET, "/api/v1/a", r -> Response.text("text/plain", "[a]"));
  private static final Route BIG =
      open(GET, "/api/v1/big", r -> Response.bytes("text/plain", new byte[20_000_000]));
  private static final Route POSTED =
      open(POST, "/api/v1/a", r -> Response.text("text/plain", "[" + r.body().length + "]"));

  private static TestServer impatient() {
    return TestServer.builder()
        .routes(A, BIG, POSTED)
        .options(
            o ->
                o.headerTimeout(Duration.ofMillis(400))
                    .idleTimeout(Duration.ofMillis(800))
                    .writeTimeout(Duration.ofSeconds(1)))
        .start();
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    try (TestServer server = TestServer.of(A, POSTED);
        RawClient client = server.raw()) {
      client.send(
          GET_A
              + "POST /api/v1/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi"
              + GET_A.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      String answers = client.readAll();
      assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(4);
      assertThat(answers).containsSubsequence("[a]", "[2]", "[a]");
    }
  }

  @Test
  void closesConnectionsThatSayNothing() throws Exception {
    try (TestServer server = impatient();
        RawClient silent = server.raw();
        RawClient idle = server.raw()) {
      idle.send(GET_A);
      assertThat(idle.readUntil("[a]")).startsWith("HTTP/1.1 200 ");
      assertThat(silent.closedByServer()).isTrue();
      assertThat(idle.closedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /api", "GET /api/v1/a HTTP/1.1\r\nHost: loc"})
  void closesConnectionsThatDribbleTheirRequest(String start) throws Exception {
    try (TestServer server = impatient();
        RawClient client = server.raw()) {
      client.send(start);
      assertThat(client.closedByServer()).isTrue();
      assertThat(server.get("/api/v1/a").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsGoOfAClientThatDoesNotReadItsAnswer() throws Exception {
    // Written at 16 KB per second at least: the time for 20 MB is long, so only the test of an
    // answer that fits the write timeout can wait for the end; here others must not notice.
    try (TestServer server = impatient();
        RawClient deaf = server.raw()) {
      deaf.send("GET /api/v1/big HTTP/1.1\r\nHost: localhost\r\n\r\n");
      for (int i = 0; i < 5; i++) {
        assertThat(server.get("/api/v1/a").statusCode()).isEqualTo(200);
      }
      assertThat(server.stop(Duration.ofMillis(300))).isFalse();
      assertThat(deaf.closedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "GET\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET /api/v1/a HTTP/1.1\r\n\r\n",
        "GET /api/v1/a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /api/v1/a HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
        "GET /api/v1/a HTTP/1.1\r\nHost: localhost\r\nNoColon\r\n\r\n",
        "POST /api/v1/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "POST /api/v1/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /api/v1/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/v1/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\u0016\u0003\u0001\u0002\u0000\r\n\r\n"
      })
  void refusesBrokenRequestsAndCloses(String request) throws Exception {
    try (TestServer server = TestServer.of(A, POSTED);
        RawClient client = server.raw()) {
      String answer = client.send(request).readAll();
      assertThat(answer)
          .startsWith("HTTP/1.1 400 ")
          .contains("\"detail\"")
          .contains("\"code\"")
          .containsIgnoringCase("x-request-id: ")
          .containsIgnoringCase("x-content-type-options: nosniff");
      assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    }
  }

  @Test
  void saysWhichVersionOfHttpItSpeaks() throws Exception {
    try (TestServer server = TestServer.of(A);
        RawClient client = server.raw()) {
      assertThat(client.send("GET /api/v1/a HTTP/1.0\r\n\r\n").readAll())
          .startsWith("HTTP/1.1 505 ")
          .contains("(expected: HTTP/1.1)");
    }
  }

  @Test
  void refusesHugeHeadersAndAddresses() throws Exception {
    try (TestServer server = TestServer.of(A)) {
      try (RawClient client = server.raw()) {
        client.send("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.readUntil("}")).startsWith("HTTP/1.1 414 ");
      }
      try (RawClient client = server.raw()) {
        client.send(
            "GET /api/v1/a HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(40_000) + "\r\n\r\n");
        assertThat(client.readUntil("}")).containsPattern("^HTTP/1.1 4(00|31) ");
      }
      assertThat(server.get("/api/v1/a").statusCode()).isEqualTo(200);
    }
  }
}
