package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class CancelProcessesTest {
  private static final int ATTEMPTS = 3;
  private static final int DAEMONS = 4;

  /// Leaves daemons behind that are forked twice, in sessions of their own, and waits.
  private static final String DAEMONIZER =
      """
      import os, time
      for i in range(%d):
          if os.fork() == 0:
              os.setsid()
              if os.fork() == 0:
                  os.execvp("sleep", ["sleep", "%s"])
              os._exit(0)
          os.wait()
      print("ready", flush=True)
      time.sleep(600)
      """;

  @TempDir(factory = Homes.class)
  static Path home;

  private static ServerProcess server;
  private static Client user;
  private static Client admin;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(home, "EXECUTION_SLOTS=3");
    user = server.user();
    admin = server.admin();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void cancel(String id) {
    assertThat(
            user.post("/api/v1/executions/" + id + "/cancel", Map.of("reason", "enough"))
                .expect(200)
                .at("status"))
        .isEqualTo("cancellation_requested");
  }

  private static JsonNode queue() {
    return admin.get("/api/v1/admin/executions/queue").expect(200).json();
  }

  private static List<Integer> waitingAndRunning() {
    JsonNode queue = queue();
    return List.of(queue.path("queue_depth").intValue(), queue.path("active_count").intValue());
  }

  /// They must go each time, and in a second; a busy machine may be late, but not always.
  @Test
  void leavesNoProcessWithinASecond() {
    List<Duration> all = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      all.add(timeUntilGone());
      if (all.getLast().toMillis() <= 1000) {
        return;
      }
    }
    assertThat(all)
        .as("time from the answer to a cancel until every process is gone")
        .anyMatch(time -> time.toMillis() <= 1000);
  }

  private static Duration timeUntilGone() {
    String argument = "31536000." + System.nanoTime();
    String id = user.execute("python", DAEMONIZER.formatted(DAEMONS, argument));
    try (EventStream stream = user.stream(id)) {
      stream.until("output");
      Awaiting.until(
          DAEMONS + " daemons run", () -> Guests.withArgument(argument).size() == DAEMONS);
      cancel(id);
      long answered = System.nanoTime();
      Awaiting.until("no daemon is left", () -> Guests.withArgument(argument).isEmpty());
      Duration taken = Duration.ofNanos(System.nanoTime() - answered);
      assertThat(stream.rest().getLast().data().at("/result/verdict").asString())
          .isEqualTo("cancelled");
      return taken;
    }
  }

  @Test
  void countsAsSlotsInUseWhatRuns() {
    Awaiting.until("nothing runs", () -> waitingAndRunning().equals(List.of(0, 0)));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(user.execute("bash", "sleep 600"));
    }
    Awaiting.until(
        "three run, two wait: the slots are three",
        () -> waitingAndRunning().equals(List.of(2, 3)));
    assertThat(queue().path("max_concurrent").intValue()).isEqualTo(3);
    assertThat(queue().at("/by_priority/normal").intValue()).isEqualTo(2);
    Awaiting.until(
        "three are called running",
        () ->
            ids.stream()
                    .filter(id -> user.result(id).path("status").asString().equals("running"))
                    .count()
                == 3);
    for (int left = 4; left >= 0; left--) {
      String id = ids.removeFirst();
      cancel(id);
      assertThat(user.await(id).path("status").asString()).isEqualTo("cancelled");
      List<Integer> expected = List.of(Math.max(0, left - 3), Math.min(3, left));
      Awaiting.until(
          "waiting and running: " + expected, () -> waitingAndRunning().equals(expected));
    }
  }
}
