package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.TestServer.json;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();

  private Response held(Request request) throws InterruptedException {
    inside.incrementAndGet();
    gate.await();
    return Response.noContent();
  }

  private Response waits(Request request) throws Exception {
    inside.incrementAndGet();
    request.waiting(
        () -> {
          gate.await();
          return true;
        });
    return Response.noContent();
  }

  private static CompletableFuture<HttpResponse<String>> ask(TestServer server, String path) {
    return server.sendAsync(server.request(path));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 2", "1, 2, 2", "2, 3, 6"})
  void handlesConcurrencyTimesThreadsRequestsAtOnce(int concurrency, int threads, int places) {
    try (TestServer server =
        TestServer.builder()
            .routes(open(GET, "/api/v1/held", this::held))
            .web(concurrency, threads, TestServer.PATIENCE, 2)
            .start()) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < places + 2; i++) {
        answers.add(ask(server, "/api/v1/held"));
      }
      Eventually.holds(() -> inside.get() == places && server.server().waiting() == 2);
      assertThat(server.status("/api/v1/held")).isEqualTo(503);
      assertThat(inside).hasValue(places);
      gate.countDown();
      assertThat(answers).allMatch(answer -> answer.join().statusCode() == 204);
      assertThat(inside).hasValue(places + 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void refusesWhatTheBacklogCannotHold(int backlog) {
    try (TestServer server =
        TestServer.builder()
            .routes(open(GET, "/api/v1/held", this::held))
            .web(1, 1, TestServer.PATIENCE, backlog)
            .start()) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < backlog + 6; i++) {
        answers.add(ask(server, "/api/v1/held"));
      }
      Eventually.holds(() -> answers.stream().filter(CompletableFuture::isDone).count() == 5);
      gate.countDown();
      List<HttpResponse<String>> all = answers.stream().map(CompletableFuture::join).toList();
      assertThat(all).filteredOn(a -> a.statusCode() == 204).hasSize(backlog + 1);
      assertThat(all)
          .filteredOn(a -> a.statusCode() == 503)
          .hasSize(5)
          .allMatch(a -> a.headers().firstValue("Retry-After").equals(Optional.of("1")))
          .allMatch(a -> json(a).get("code").stringValue().equals("server_busy"))
          .allMatch(
              a ->
                  json(a)
                      .get("detail")
                      .stringValue()
                      .contains(backlog + " requests wait already (WEB_BACKLOG)"));
    }
  }

  @Test
  void servesInTheOrderOfArrival() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (TestServer server =
        TestServer.builder()
            .routes(
                open(GET, "/api/v1/held", this::held),
                open(
                    GET,
                    "/api/v1/next/{n}",
                    r -> {
                      order.add(r.pathValue("n"));
                      return Response.noContent();
                    }))
            .web(1, 1, TestServer.PATIENCE, 64)
            .start()) {
      CompletableFuture<HttpResponse<String>> first = ask(server, "/api/v1/held");
      Eventually.holds(() -> inside.get() == 1);
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int expected = i + 1;
        answers.add(ask(server, "/api/v1/next/" + i));
        Eventually.holds(() -> server.server().waiting() == expected);
      }
      gate.countDown();
      answers.forEach(CompletableFuture::join);
      assertThat(first.join().statusCode()).isEqualTo(204);
      assertThat(order).containsExactly("0", "1", "2", "3", "4");
    }
  }

  @Test
  void givesThePlaceBackWhileARequestWaits() throws Exception {
    try (TestServer server =
        TestServer.builder()
            .routes(
                open(GET, "/api/v1/waits", this::waits),
                open(GET, "/api/v1/quick", r -> Response.noContent()))
            .web(1, 1, TestServer.PATIENCE, 1)
            .start()) {
      CompletableFuture<HttpResponse<String>> waiting = ask(server, "/api/v1/waits");
      CompletableFuture<HttpResponse<String>> another = ask(server, "/api/v1/waits");
      Eventually.holds(() -> inside.get() == 2);
      assertThat(server.get("/api/v1/quick").statusCode()).isEqualTo(204);
      gate.countDown();
      assertThat(waiting.join().statusCode()).isEqualTo(204);
      assertThat(another.join().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void freeRoutesTakeNoPlace() throws Exception {
    try (TestServer server =
        TestServer.builder()
            .routes(
                open(GET, "/api/v1/held", this::held),
                open(GET, "/api/v1/free", r -> Response.noContent())
                    .admission(Route.Admission.FREE))
            .web(1, 1, TestServer.PATIENCE, 1)
            .start()) {
      CompletableFuture<HttpResponse<String>> holder = ask(server, "/api/v1/held");
      Eventually.holds(() -> inside.get() == 1);
      assertThat(server.get("/api/v1/free").statusCode()).isEqualTo(204);
      gate.countDown();
      assertThat(holder.join().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aFailedRequestGivesItsPlaceBack() throws Exception {
    try (TestServer server =
        TestServer.builder()
            .routes(
                open(
                    GET,
                    "/api/v1/fails",
                    r -> {
                      throw new IllegalStateException("for a test");
                    }))
            .web(1, 1, TestServer.PATIENCE, 1)
            .start()) {
      for (int i = 0; i < 5; i++) {
        assertThat(server.get("/api/v1/fails").statusCode()).isEqualTo(500);
      }
    }
  }
}
