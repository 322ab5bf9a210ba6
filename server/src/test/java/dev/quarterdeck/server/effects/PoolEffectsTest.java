package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// How many sandboxes wait ready for programs.
class PoolEffectsTest {
  @Test
  @Observes({"SANDBOX_POOL_SIZE", "SANDBOX_POOL_MEMORY"})
  void soManySandboxesWait() throws Exception {
    assertThat(waiting()).isZero();
    try (TestServer none = TestServer.start("SANDBOX_POOL_SIZE=0", "EXECUTION_SLOTS=4")) {
      assertThat(afterLoad(none.user())).isZero();
      JsonNode pools = pools(none.user());
      assertThat(pools.get("status").asString()).isEqualTo("off");
      assertThat(pools.get("details").get("sandboxes").get("off").asString())
          .contains("SANDBOX_POOL_SIZE");
    }
    try (TestServer three = TestServer.start("SANDBOX_POOL_SIZE=3", "EXECUTION_SLOTS=4")) {
      TestClient user = three.user();
      Until.holds("three wait", () -> afterLoad(user) == 3);
      assertThat(afterLoad(user)).isEqualTo(3);
      Until.holds(
          "health shows them",
          () -> pools(user).get("details").get("sandboxes").get("ready").asInt() == 3);
      JsonNode pools = pools(user);
      assertThat(pools.get("status").asString()).isEqualTo("ok");
      assertThat(pools.get("details").get("sandboxes").get("off").asString()).isEmpty();
      assertThat(pools.get("details").get("sandboxes").get("idle_memory_bytes").asLong())
          .isPositive();
      assertThat(pools.get("details").get("runtimes").get("off").asString()).isEmpty();
    }
    try (TestServer little =
        TestServer.start("SANDBOX_POOL_SIZE=3", "EXECUTION_SLOTS=4", "SANDBOX_POOL_MEMORY=20MiB")) {
      TestClient user = little.user();
      Until.holds("one waits", () -> afterLoad(user) == 1);
      assertThat(afterLoad(user)).isEqualTo(1);
    }
  }

  /// Runs some programs at once, and says how many sandboxes are there when all have ended.
  private static long afterLoad(TestClient user) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<String>> outputs =
          IntStream.range(0, 6)
              .mapToObj(
                  number ->
                      threads.submit(
                          () ->
                              user.run("python", "print(" + number + ")").get("stdout").asString()))
              .toList();
      for (int number = 0; number < 6; number++) {
        assertThat(outputs.get(number).get()).isEqualTo(number + "\n");
      }
    }
    return waiting();
  }

  private static JsonNode pools(TestClient user) throws IOException, InterruptedException {
    return user.get("/api/v1/health/ready").expect(200).json().get("checks").get("pools");
  }

  /// Bubblewraps that this process started and that nobody uses.
  private static long waiting() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().filter(name -> name.endsWith("bwrap")).isPresent())
        .count();
  }
}
