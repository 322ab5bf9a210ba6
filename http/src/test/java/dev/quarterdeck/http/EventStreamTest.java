package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final String ASK = "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final AtomicInteger closed = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Route route() {
    return open(GET, "/api/v1/events", r -> Response.events(this::source))
        .admission(Route.Admission.FREE)
        .rateClass(Route.RateClass.EXEMPT);
  }

  /// Sends what the test puts into the queue, until the stream closes.
  private void source(Response.EventSink sink) throws IOException, InterruptedException {
    sink.onClose(
        () -> {
          closed.incrementAndGet();
          events.add("close");
        });
    try {
      int id = 0;
      while (!sink.closed()) {
        String event = events.take();
        if (event.equals("end")) {
          return;
        }
        if (!sink.closed()) {
          sink.send(Integer.toString(++id), "output", event);
        }
      }
    } catch (IOException gone) {
      failure.set(gone);
      throw gone;
    } finally {
      ended.countDown();
    }
  }

  private TestServer start(Duration heartbeat) {
    return TestServer.builder()
        .routes(route(), open(GET, "/api/v1/quick", r -> Response.noContent()))
        .options(o -> o.heartbeat(heartbeat).writeTimeout(Duration.ofSeconds(1)))
        .web(1, 1, Duration.ofSeconds(2), 1)
        .start();
  }

  @Test
  void sendsEachEventAtOnceWithItsId() throws Exception {
    try (TestServer server = start(TestServer.PATIENCE);
        RawClient client = server.raw()) {
      String head = client.send(ASK).readUntil(": connected\n\n\r\n");
      assertThat(head)
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("content-type: text/event-stream")
          .containsIgnoringCase("cache-control: no-store")
          .containsIgnoringCase("x-accel-buffering: no")
          .contains("retry: 1000\n");
      events.add("first");
      assertThat(client.readUntil("\n\n\r\n")).contains("id: 1\nevent: output\ndata: first\n\n");
      events.add("two\nlines\r\nand three\n");
      assertThat(client.readUntil("\n\n\r\n"))
          .contains("id: 2\nevent: output\ndata: two\ndata: lines\ndata: and three\ndata: \n\n");
      events.add("");
      assertThat(client.readUntil("\n\n\r\n")).contains("id: 3\nevent: output\ndata: \n\n");
      events.add("end");
      assertThat(client.readAll()).contains(": end\n\n").endsWith("0\r\n\r\n");
    }
  }

  @Test
  void sendsHeartbeatsOnIdleStreamsAsOftenAsSaid() throws Exception {
    try (TestServer often = start(Duration.ofMillis(50));
        RawClient client = often.raw()) {
      client.send(ASK).readUntil("connected\n\n\r\n");
      for (int i = 0; i < 3; i++) {
        assertThat(client.readUntil("\n\n\r\n")).contains(": heartbeat\n\n");
      }
      events.add("still works");
      Eventually.holds(() -> read(client).contains("data: still works"));
    }
    try (TestServer rarely = start(TestServer.PATIENCE);
        RawClient client = rarely.raw()) {
      client.send(ASK).readUntil("connected\n\n\r\n");
      events.add("quiet");
      assertThat(client.readUntil("\n\n\r\n")).contains("quiet").doesNotContain("heartbeat");
    }
  }

  private static String read(RawClient client) {
    try {
      return client.readUntil("\n\n\r\n");
    } catch (IOException gone) {
      throw new AssertionError(gone);
    }
  }

  @Test
  void noticesThatTheClientIsGone() throws Exception {
    try (TestServer server = start(TestServer.PATIENCE)) {
      try (RawClient client = server.raw()) {
        client.send(ASK).readUntil("connected\n\n\r\n");
      }
      Eventually.holds(() -> ended.getCount() == 0);
      assertThat(closed).hasValue(1);
    }
  }

  @Test
  void cutsOffAClientThatNeverReadsWithoutDisturbingOthers() throws Exception {
    try (TestServer server = start(Duration.ofMillis(200));
        RawClient reader = server.raw();
        RawClient deaf = server.raw()) {
      deaf.socket().setReceiveBufferSize(4096);
      deaf.send(ASK);
      String big = "x".repeat(1_000_000);
      for (int i = 0; i < 30; i++) {
        events.add(big);
      }
      assertThat(server.get("/api/v1/quick").statusCode()).isEqualTo(204);
      Eventually.holds(() -> ended.getCount() == 0);
      assertThat(failure.get()).hasMessage("the client of this event stream is gone");
      assertThat(events.size()).isGreaterThan(5);
      events.clear();
      reader.send(ASK).readUntil("connected\n\n\r\n");
      events.add("for the reader");
      assertThat(reader.readUntil("\n\n\r\n")).contains("for the reader");
    }
  }

  @Test
  void servesTwoClientsAndHoldsNoPlace() throws Exception {
    try (TestServer server = start(TestServer.PATIENCE);
        RawClient one = server.raw();
        RawClient two = server.raw()) {
      one.send(ASK).readUntil("connected\n\n\r\n");
      two.send(ASK).readUntil("connected\n\n\r\n");
      assertThat(server.get("/api/v1/quick").statusCode()).isEqualTo(204);
      events.add("a");
      events.add("b");
      CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> read(one));
      CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> read(two));
      assertThat(CompletableFuture.anyOf(first, second).join().toString()).contains("data: ");
    }
  }

  @Test
  void endsWithAGoodbyeWhenTheServerStops() throws Exception {
    try (TestServer server = start(TestServer.PATIENCE);
        RawClient client = server.raw()) {
      client.send(ASK).readUntil("connected\n\n\r\n");
      assertThat(server.stop(TestServer.PATIENCE)).isTrue();
      assertThat(client.readAll())
          .contains(": the server restarts, connect again\n\n")
          .endsWith("0\r\n\r\n");
      assertThat(closed).hasValue(1);
    }
  }

  @Test
  void endsWhenItsSourceFails() throws Exception {
    Route broken =
        open(
            GET,
            "/api/v1/events",
            r ->
                Response.events(
                    sink -> {
                      sink.send("1", "", "before");
                      throw new IllegalStateException("for a test");
                    }));
    try (TestServer server = TestServer.of(broken);
        RawClient client = server.raw()) {
      assertThat(client.send(ASK).readAll()).contains("data: before").contains("event: error");
    }
  }

  @Test
  void answersHeadWithoutRunningTheSource() throws Exception {
    try (TestServer server = start(TestServer.PATIENCE)) {
      assertThat(server.send(server.request("/api/v1/events").HEAD()).statusCode()).isEqualTo(200);
      assertThat(ended.getCount()).isEqualTo(1);
    }
  }
}
