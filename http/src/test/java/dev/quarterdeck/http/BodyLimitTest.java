package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.json;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLimitTest {
  private static final int TEN_MB = 10_000_000;
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.of(
            open(POST, "/api/v1/default", BodyLimitTest::size),
            open(POST, "/api/v1/small", BodyLimitTest::size).bodyLimit(1000),
            open(POST, "/api/v1/unread", r -> Response.noContent()).access(Route.Access.USER));
  }

  private static Response size(Request request) {
    CALLS.incrementAndGet();
    return Response.json(request.body().length);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> post(String path, BodyPublisher body) throws Exception {
    return server.send(server.request(path).POST(body));
  }

  private static BodyPublisher chunked(int size) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size]));
  }

  @Test
  void takesTenMegabytesAndNotOneByteMore() throws Exception {
    assertThat(post("/api/v1/default", BodyPublishers.ofByteArray(new byte[TEN_MB])).body())
        .isEqualTo("10000000");
    HttpResponse<String> over =
        post("/api/v1/default", BodyPublishers.ofByteArray(new byte[TEN_MB + 1]));
    assertThat(over.statusCode()).isEqualTo(413);
    assertThat(json(over).get("detail").stringValue())
        .isEqualTo("The body is too large (expected: at most 10000000 bytes)");
    assertThat(json(over).get("type").stringValue()).isEqualTo("PayloadTooLargeError");
  }

  @Test
  void countsChunkedBodies() throws Exception {
    assertThat(post("/api/v1/default", chunked(TEN_MB)).body()).isEqualTo("10000000");
    assertThat(post("/api/v1/default", chunked(TEN_MB + 1)).statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 70_000, 5_000_000, 20_000_000, 25_000_000})
  void keepsTheLimitOfTheRouteWhateverTheSize(int size) throws Exception {
    int before = CALLS.get();
    assertThat(post("/api/v1/small", BodyPublishers.ofByteArray(new byte[size])).statusCode())
        .isEqualTo(413);
    assertThat(post("/api/v1/small", chunked(size)).statusCode()).isEqualTo(413);
    assertThat(CALLS).hasValue(before);
    assertThat(post("/api/v1/small", BodyPublishers.ofByteArray(new byte[1000])).body())
        .isEqualTo("1000");
  }

  @Test
  void refusesAnnouncedBodiesWithoutReadingThem() throws Exception {
    for (String length : new String[] {"10000001", "9000000000000"}) {
      try (RawClient client = server.raw()) {
        client.send(
            "POST /api/v1/default HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + length
                + "\r\n\r\nonly this");
        String answer = client.readUntil("}");
        assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
      }
    }
  }

  @Test
  void refusesHugeChunksWithoutReadingThem() throws Exception {
    try (RawClient client = server.raw()) {
      client.send(
          "POST /api/v1/default HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "7fffffff\r\nonly this");
      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void answersBeforeTheBodyWhenTheClientAsksWhetherToSendIt() throws Exception {
    try (RawClient client = server.raw()) {
      client.send(
          "POST /api/v1/small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n"
              + "Expect: 100-continue\r\n\r\n");
      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 413 ");
    }
    try (RawClient client = server.raw()) {
      client.send(
          "POST /api/v1/small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
              + "Expect: 100-continue\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      client.send("12345");
      assertThat(client.readUntil("\r\n\r\n5")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void neverTakesTheRestOfABodyForARequest() throws Exception {
    int before = CALLS.get();
    String inner = "POST /api/v1/small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx";
    try (RawClient client = server.raw()) {
      client.send(
          "POST /api/v1/unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + (inner.length() + 100_000)
              + "\r\n\r\n"
              + inner
              + "y".repeat(100_000));
      String answers = client.readAll();
      assertThat(answers).startsWith("HTTP/1.1 401 ");
      assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(2);
    }
    assertThat(CALLS).hasValue(before);
  }

  @Test
  void keepsTheConnectionAfterASmallUnreadBody() throws Exception {
    try (RawClient client = server.raw()) {
      String request =
          "POST /api/v1/unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc";
      client.send(request + request);
      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 401 ");
      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void servesOthersWhileAClientSendsItsBodySlowly() throws Exception {
    try (TestServer one =
            TestServer.builder()
                .routes(open(POST, "/api/v1/default", BodyLimitTest::size))
                .web(1, 1, TestServer.PATIENCE, 4)
                .start();
        RawClient slow = one.raw()) {
      slow.send(
          "POST /api/v1/default HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n123");
      HttpRequest.Builder quick =
          one.request("/api/v1/default").POST(BodyPublishers.ofString("12"));
      assertThat(one.send(quick).body()).isEqualTo("2");
      slow.send("4567890");
      assertThat(slow.readUntil("\r\n\r\n10")).startsWith("HTTP/1.1 200 ");
    }
  }
}
