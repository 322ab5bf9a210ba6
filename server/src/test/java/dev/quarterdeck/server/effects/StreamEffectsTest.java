package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The streams of server-sent events.
class StreamEffectsTest {
  @Test
  @Observes("SSE_HEARTBEAT_INTERVAL")
  void sendsACommentOnAnIdleStreamAtTheInterval() throws Exception {
    assertThat(heartbeats("SSE_HEARTBEAT_INTERVAL=0.2")).isPositive();
    assertThat(heartbeats("SSE_HEARTBEAT_INTERVAL=600")).isZero();
  }

  /// Heartbeats on the stream of a program that is silent for 1.5 s.
  private static long heartbeats(String interval) throws Exception {
    try (TestServer server = TestServer.start(interval)) {
      TestClient user = server.user();
      try (Stream<String> lines = user.events(user.execute("bash", "sleep 1.5"))) {
        return lines.filter(line -> line.equals(": heartbeat")).count();
      }
    }
  }

  @Test
  @Observes("SSE_CONSUMER_POOL_SIZE")
  void wakesWatchersBySoManyThreads() throws Exception {
    for (int size : List.of(1, 3)) {
      assertThat(dispatchers()).isZero();
      try (TestServer server = TestServer.start("SSE_CONSUMER_POOL_SIZE=" + size)) {
        Until.holds(size + " dispatchers", () -> dispatchers() == size);
        assertEveryWatcherSeesTheResult(server);
        assertThat(dispatchers()).isEqualTo(size);
      }
      Until.holds("no dispatcher is left", () -> dispatchers() == 0);
    }
  }

  private static void assertEveryWatcherSeesTheResult(TestServer server)
      throws ExecutionException, IOException, InterruptedException {
    TestClient user = server.user();
    String id = user.execute("bash", "for i in 1 2 3; do echo $i; sleep 0.1; done");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> watchers =
          Stream.generate(() -> threads.submit(() -> user.result(id).get("stdout").asString()))
              .limit(4)
              .toList();
      for (Future<String> watcher : watchers) {
        assertThat(watcher.get()).isEqualTo("1\n2\n3\n");
      }
    }
  }

  /// What the kernel says of this process's threads.
  private static long dispatchers() throws IOException {
    long count = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        try {
          count += Files.readString(thread.resolve("comm")).startsWith("sse-dispatch-") ? 1 : 0;
        } catch (NoSuchFileException endedMeanwhile) {
          continue;
        }
      }
    }
    return count;
  }

  @Test
  @Observes("PROJECT_NAME")
  void pagesAreTitledWithTheProject() throws Exception {
    for (String name : List.of("Blue <team>", "integr8scode")) {
      try (TestServer server = TestServer.start(Map.of("PROJECT_NAME", name))) {
        assertThat(server.client().get("/").expect(200).text())
            .contains(" · " + name.replace("<", "&lt;").replace(">", "&gt;") + "</title>");
      }
    }
  }
}
