package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.json;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.runtime.ProblemException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TimeoutTest {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  private static TestServer server(Duration timeout, int places, Route... routes) {
    return TestServer.builder().routes(routes).web(places, 1, timeout, 8).start();
  }

  @Test
  void answers503WhenTheTimeIsOverAndNotBefore() throws Exception {
    Route slow =
        open(
            GET,
            "/api/v1/slow",
            r -> {
              Thread.sleep(1500);
              return Response.noContent();
            });
    try (TestServer impatient = server(SHORT, 4, slow);
        TestServer patient = server(TestServer.PATIENCE, 4, slow)) {
      HttpResponse<String> late = impatient.get("/api/v1/slow");
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("Retry-After")).contains("1");
      assertThat(json(late).get("code").stringValue()).isEqualTo("request_timeout");
      assertThat(json(late).get("detail").stringValue()).contains("WEB_TIMEOUT");
      assertThat(patient.get("/api/v1/slow").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void cancelsTheWorkAtItsNextCheckpointAndNeverInterruptsIt() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>("");
    CountDownLatch ended = new CountDownLatch(1);
    Route route =
        open(
            GET,
            "/api/v1/steps",
            r -> {
              r.checkpoint();
              gate.await();
              seen.set(Thread.currentThread().isInterrupted() ? "interrupted" : "committed");
              try {
                r.checkpoint();
                return Response.noContent();
              } catch (ProblemException cancelled) {
                seen.set(seen.get() + ", " + cancelled.problem().code());
                throw cancelled;
              } finally {
                ended.countDown();
              }
            });
    try (TestServer server = server(SHORT, 1, route)) {
      assertThat(server.get("/api/v1/steps").statusCode()).isEqualTo(503);
      gate.countDown();
      Eventually.holds(() -> ended.getCount() == 0);
      assertThat(seen).hasValue("committed, request_timeout");
    }
  }

  @Test
  void countsTheWaitForAPlaceAndKeepsThePlaceWithTheWork() throws Exception {
    Route held =
        open(
            GET,
            "/api/v1/held",
            r -> {
              gate.await();
              return Response.noContent();
            });
    Route quick = open(GET, "/api/v1/quick", r -> Response.noContent());
    try (TestServer server = server(SHORT, 1, held, quick)) {
      assertThat(server.get("/api/v1/held").statusCode()).isEqualTo(503);
      // The work of the first still runs, so the second waits for its place until its time is over.
      assertThat(server.get("/api/v1/quick").statusCode()).isEqualTo(503);
      gate.countDown();
      Eventually.holds(() -> server.status("/api/v1/quick") == 204);
    }
  }

  @Test
  void standsStillWhileARequestWaitsForARun() throws Exception {
    Route waits =
        open(
            GET,
            "/api/v1/waits",
            r ->
                r.waiting(
                    () -> {
                      gate.await();
                      return Response.noContent();
                    }));
    Route slow =
        open(
            GET,
            "/api/v1/slow",
            r -> {
              Thread.sleep(1500);
              return Response.noContent();
            });
    try (TestServer server = server(SHORT, 4, waits, slow)) {
      CompletableFuture<HttpResponse<String>> waiting =
          server.sendAsync(server.request("/api/v1/waits"));
      assertThat(server.get("/api/v1/slow").statusCode()).isEqualTo(503);
      assertThat(server.get("/api/v1/slow").statusCode()).isEqualTo(503);
      assertThat(waiting).isNotDone();
      gate.countDown();
      assertThat(waiting.join().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void answers503WhenTheBodyDoesNotCome() throws Exception {
    Route upload = open(POST, "/api/v1/upload", r -> Response.noContent());
    try (TestServer server = server(SHORT, 1, upload);
        RawClient client = server.raw()) {
      client.send("POST /api/v1/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1");
      assertThat(client.readUntil("}")).startsWith("HTTP/1.1 503 ");
      assertThat(client.closedByServer()).isTrue();
    }
  }
}
