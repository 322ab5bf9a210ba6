package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;
import static dev.quarterdeck.http.Route.Method.POST;
import static dev.quarterdeck.http.TestServer.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBodyTest {
  @TempDir Path directory;

  private Route upload(Route.Handler handler) {
    return open(POST, "/api/v1/files", handler).uploadsTo(directory).bodyLimit(50_000_000);
  }

  private long filesLeft() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void bringsALargeBodyInAFileAndRemovesIt() throws Exception {
    try (TestServer server = TestServer.of(upload(r -> Response.json(Files.size(r.bodyFile()))))) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request("/api/v1/files")
                  .POST(BodyPublishers.ofByteArray(new byte[30_000_000])));
      assertThat(answer.body()).isEqualTo("30000000");
      Awaiting.until("the file is removed", () -> filesLeft() == 0);
    }
  }

  @Test
  void leavesAFileThatTheHandlerMoved() throws Exception {
    Path kept = directory.resolve("kept");
    try (TestServer server =
        TestServer.of(
            upload(
                r -> {
                  Files.move(r.bodyFile(), kept);
                  return Response.noContent();
                }))) {
      server.send(server.request("/api/v1/files").POST(BodyPublishers.ofString("abc")));
      assertThat(kept).hasContent("abc");
    }
  }

  @Test
  void refusesMoreThanTheLimitWithoutLeavingAFile() throws Exception {
    try (TestServer server = TestServer.of(upload(r -> Response.noContent()).bodyLimit(1000))) {
      HttpResponse<String> answer =
          server.send(
              server.request("/api/v1/files").POST(BodyPublishers.ofByteArray(new byte[1001])));
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("expected: at most 1000 bytes");
      Awaiting.until("no file is left", () -> filesLeft() == 0);
    }
  }

  @Test
  void givesASteadyUploadMoreTimeThanARequestHas() throws Exception {
    Route route = upload(r -> Response.json(Files.size(r.bodyFile())));
    try (TestServer server =
            TestServer.builder().routes(route).web(4, 4, Duration.ofMillis(300), 64).start();
        RawClient client = server.raw()) {
      long start = System.nanoTime();
      client.send(
          "POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n");
      client.send("a".repeat(19_000));
      Awaiting.until(
          "twice the time of a request is over",
          () -> Duration.ofNanos(System.nanoTime() - start).toMillis() > 600);
      client.send("a".repeat(1000));
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void answersAFileWithItsLength() throws Exception {
    Path file = Files.write(directory.resolve("answer"), new byte[3_000_000]);
    try (TestServer server =
        TestServer.of(open(GET, "/api/v1/file", r -> Response.file("text/csv", file)))) {
      HttpResponse<String> answer = server.get("/api/v1/file");
      assertThat(answer.body()).hasSize(3_000_000);
      assertThat(answer.headers().firstValue("Content-Length")).contains("3000000");
      assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv");
    }
  }
}
