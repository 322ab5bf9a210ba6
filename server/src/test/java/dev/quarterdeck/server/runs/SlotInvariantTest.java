package dev.quarterdeck.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The metrics of slots, over HTTP: at every moment the slots in use are the runs that live,
/// whatever becomes of these, and in the end all are free.
class SlotInvariantTest {
  private static final int SLOTS = 3;

  /// What a program is, and what its run becomes; one of each list of verdicts.
  private record Kind(Map<String, Object> request, List<String> verdicts, boolean cancelled) {}

  private static Kind kind(String verdict, String language, String script) {
    return new Kind(Map.of("lang", language, "script", script), List.of(verdict), false);
  }

  private static final Map<String, Integer> SHORT = Map.of("wall_time_ms", 700);

  private static final List<Kind> KINDS =
      List.of(
          kind("completed", "python", "print(1)"),
          kind("failed", "bash", "exit 3"),
          kind("signalled", "python", "import os; os.kill(os.getpid(), 9)"),
          kind("completed", "bash", "setsid sleep 100 & echo left"),
          new Kind(
              Map.of("lang", "bash", "script", "sleep 100", "limits", SHORT),
              List.of("wall_time_limit"),
              false),
          new Kind(
              Map.of(
                  "lang",
                  "python",
                  "script",
                  "import sys; sys.stdin.read()",
                  "interactive",
                  true,
                  "limits",
                  SHORT),
              List.of("wall_time_limit"),
              false),
          new Kind(
              Map.of(
                  "lang", "bash",
                  "script", "read n; exit $n",
                  "cases", List.of(Map.of("stdin", "0\n"), Map.of("stdin", "4\n"))),
              List.of("failed"),
              false),
          new Kind(
              Map.of(
                  "lang", "bash",
                  "script", "cat data",
                  "files", List.of(Map.of("name", "data", "content", "x"))),
              List.of("completed"),
              false),
          new Kind(
              Map.of("lang", "bash", "script", "echo up; sleep 100"), List.of("cancelled"), true));

  @Test
  void slotsInUseAreTheRunsThatLive() throws Exception {
    try (TestServer server = TestServer.start("EXECUTION_SLOTS=" + SLOTS);
        ExecutorService threads = Executors.newFixedThreadPool(6)) {
      TestClient user = server.user();
      TestClient admin = server.admin();
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger looks = new AtomicInteger();
      List<Map<String, Long>> wrong = new ArrayList<>();
      Future<?> looker =
          threads.submit(
              () -> {
                while (!over.get()) {
                  Map<String, Long> now = metrics(admin);
                  looks.incrementAndGet();
                  boolean right =
                      value(now, "slots_in_use") <= SLOTS
                          && value(now, "sandbox_runs") <= SLOTS
                          && value(now, "slots_overdue") == 0
                          && value(now, "slots_divergent") == 0;
                  if (!right) {
                    wrong.add(now);
                  }
                }
                return null;
              });
      List<Future<?>> runs =
          IntStream.range(0, 3 * KINDS.size())
              .<Future<?>>mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            once(user, KINDS.get(number % KINDS.size()));
                            return null;
                          }))
              .toList();
      for (Future<?> run : runs) {
        run.get();
      }
      awaitNone(admin);
      allCanBeTaken(user, admin);
      assertThat(looks.get()).isPositive();
      over.set(true);
      looker.get();
      assertThat(wrong).isEmpty();
    }
  }

  private static void once(TestClient user, Kind kind) throws IOException, InterruptedException {
    String id =
        user.post("/api/v1/execute", kind.request())
            .expect(200)
            .json()
            .get("execution_id")
            .asString();
    // A watcher that goes away in the middle.
    try (Stream<String> lines = user.events(id)) {
      assertThat(lines.findFirst()).isPresent();
    }
    if (kind.cancelled()) {
      try (Stream<String> lines = user.events(id)) {
        assertThat(lines.anyMatch(line -> line.contains("\"output\""))).isTrue();
      }
      user.post("/api/v1/executions/" + id + "/cancel", Map.of()).expect(200);
    }
    assertThat(user.result(id).get("verdict").asString()).as(kind.toString()).isIn(kind.verdicts());
  }

  private static void allCanBeTaken(TestClient user, TestClient admin)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < SLOTS; i++) {
      all.add(user.execute("bash", "sleep 100"));
    }
    Awaiting.until(
        "all slots are in use, each with a run",
        () -> {
          Map<String, Long> now = seen(admin);
          return value(now, "slots_in_use") == SLOTS && value(now, "sandbox_runs") == SLOTS;
        });
    for (String id : all) {
      user.post("/api/v1/executions/" + id + "/cancel", Map.of()).expect(200);
    }
    awaitNone(admin);
  }

  private static void awaitNone(TestClient admin) {
    Awaiting.until(
        "no slot is in use, no program runs",
        () -> {
          Map<String, Long> now = seen(admin);
          return value(now, "slots_in_use") == 0 && value(now, "sandbox_runs") == 0;
        });
  }

  private static Map<String, Long> seen(TestClient admin) {
    try {
      return metrics(admin);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static Map<String, Long> metrics(TestClient admin)
      throws IOException, InterruptedException {
    Map<String, Long> metrics = new HashMap<>();
    for (String line : admin.get("/metrics").expect(200).text().lines().toList()) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" ", 2);
        metrics.put(parts[0].replace("quarterdeck_executions_", ""), Long.valueOf(parts[1]));
      }
    }
    return metrics;
  }

  private static long value(Map<String, Long> metrics, String name) {
    Long value = metrics.get(name);
    assertThat(value).as(name).isNotNull();
    return value == null ? -1 : value;
  }
}
