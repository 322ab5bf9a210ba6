package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopTest {
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  private final Route held =
      open(
          GET,
          "/api/v1/held",
          r -> {
            inside.countDown();
            gate.await();
            return Response.noContent();
          });
  private final Route quick = open(GET, "/api/v1/quick", r -> Response.noContent());

  @Test
  void finishesRequestsInFlightAndAcceptsNoMore() throws Exception {
    try (TestServer server = TestServer.of(held, quick)) {
      assertThat(server.get("/api/v1/quick").statusCode()).isEqualTo(204);
      CompletableFuture<HttpResponse<String>> answer =
          server.sendAsync(server.request("/api/v1/held"));
      Eventually.holds(() -> inside.getCount() == 0);
      CompletableFuture<Boolean> stopped =
          CompletableFuture.supplyAsync(() -> server.stop(TestServer.PATIENCE));
      Eventually.holds(() -> refuses(server.port()));
      assertThat(stopped).isNotDone();
      gate.countDown();
      assertThat(answer.join().statusCode()).isEqualTo(204);
      assertThat(stopped.join()).isTrue();
    }
  }

  @Test
  void cutsOffWhatDoesNotEndInTime() throws Exception {
    try (TestServer server = TestServer.of(held)) {
      CompletableFuture<HttpResponse<String>> answer =
          server.sendAsync(server.request("/api/v1/held"));
      Eventually.holds(() -> inside.getCount() == 0);
      assertThat(server.stop(Duration.ofMillis(100))).isFalse();
      gate.countDown();
      assertThatThrownBy(answer::join).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void stopsWithIdleConnectionsOpenAndTwice() throws Exception {
    try (TestServer server = TestServer.of(quick);
        RawClient idle = server.raw();
        RawClient silent = server.raw()) {
      idle.send("GET /api/v1/quick HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
      assertThat(server.stop(TestServer.PATIENCE)).isTrue();
      assertThat(idle.closedByServer()).isTrue();
      assertThat(silent.closedByServer()).isTrue();
      assertThat(server.stop(TestServer.PATIENCE)).isTrue();
    }
  }

  @Test
  void saysWhereItCannotListen() {
    try (TestServer server = TestServer.of(quick)) {
      assertThatThrownBy(() -> TestServer.builder().routes(quick).port(server.port()).start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "SERVER_HOST, SERVER_PORT: cannot listen on localhost:" + server.port() + ": ")
          .hasMessageContaining("in use");
    }
  }

  private static boolean refuses(int port) {
    try (Socket socket = new Socket("localhost", port)) {
      return socket.isClosed();
    } catch (IOException refused) {
      return true;
    }
  }
}
