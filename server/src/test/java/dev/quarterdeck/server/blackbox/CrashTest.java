package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.blackbox.EventStream.Event;
import dev.quarterdeck.server.blackbox.Submitter.Acknowledged;
import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What was acknowledged survives `kill -9` at any point, and ends exactly once. The seed in the
/// summary line repeats a run, as far as time can be repeated: `-Dcrash.seed=N`.
@Tag("slow")
class CrashTest {
  private static final int KILLS = 20;
  private static final int CLIENTS = 8;
  private static final int EACH = 130;
  private static final long DRAIN_NANOS = 180_000_000_000L;
  private static final Set<String> TERMINAL =
      Set.of("execution_completed", "execution_failed", "execution_timeout", "execution_cancelled");
  private static final String[] SETTINGS = {
    "EXECUTION_QUEUE_MAX=100000",
    "EXECUTION_QUEUE_MAX_PER_USER=100000",
    "ACCESS_TOKEN_EXPIRE_MINUTES=600"
  };

  @TempDir(factory = Homes.class)
  Path home;

  private final long seed = Long.getLong("crash.seed", System.nanoTime() % 1_000_000);
  private final Random random = new Random(seed);
  private final ConcurrentMap<String, Acknowledged> log = new ConcurrentHashMap<>();
  private final AtomicReference<Client> current = new AtomicReference<>();
  private final Semaphore pace = new Semaphore(0);
  private final Map<KillPoint, Integer> kills = new EnumMap<>(KillPoint.class);
  private final Map<String, Integer> verdicts = new TreeMap<>();
  private int secondAttempts;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void keepsEveryAcknowledgedExecutionThroughTwentyKills()
      throws ExecutionException, IOException, InterruptedException {
    Guests guests = new Guests(home);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    ServerProcess server = ServerProcess.start(home, SETTINGS);
    try {
      Client user = server.user();
      current.set(user);
      Client admin = server.admin();
      List<Future<?>> submitters = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        submitters.add(threads.submit(new Submitter("client" + i, EACH, pace, current::get, log)));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        KillPoint point = KillPoint.values()[kill % KillPoint.values().length];
        guests.remember();
        pace.release(CLIENTS * EACH / KILLS);
        point.reach(admin, random);
        server.kill();
        kills.merge(point, 1, Integer::sum);
        List<String> orphans = guests.processes();
        server = ServerProcess.start(home, SETTINGS);
        assertThat(guests.processes().stream().filter(orphans::contains))
            .as("left by a killed server")
            .isEmpty();
        user = user.at(server.address());
        current.set(user);
        admin = admin.at(server.address());
      }
      guests.remember();
      pace.release(CLIENTS * EACH);
      for (Future<?> submitter : submitters) {
        submitter.get();
      }
      awaitNothingLeft(admin);
      check(user, threads);
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
    } finally {
      threads.shutdownNow();
      server.close();
    }
    Awaiting.until("no process of a sandbox is left", () -> guests.processes().isEmpty());
    assertThat(guests.places()).as("control groups and directories left").isEmpty();
    summary();
  }

  private static void awaitNothingLeft(Client admin) {
    long deadline = System.nanoTime() + DRAIN_NANOS;
    JsonNode queue = admin.get("/api/v1/admin/executions/queue").expect(200).json();
    while (queue.path("queue_depth").intValue() + queue.path("active_count").intValue() > 0) {
      assertThat(System.nanoTime()).as("time when %s is left", queue).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
      queue = admin.get("/api/v1/admin/executions/queue").expect(200).json();
    }
  }

  private void check(Client client, ExecutorService threads)
      throws ExecutionException, InterruptedException {
    assertThat(log).hasSize(CLIENTS * EACH);
    assertThat(log.size()).isGreaterThanOrEqualTo(1000);
    List<Future<?>> checks = new ArrayList<>();
    for (Acknowledged acknowledged : log.values()) {
      checks.add(threads.submit(() -> check(client, acknowledged)));
    }
    for (Future<?> each : checks) {
      each.get();
    }
    assertThat(log.values()).extracting(Acknowledged::id).doesNotHaveDuplicates();
    assertThat(client.get("/api/v1/user/executions?limit=1").json().path("total").intValue())
        .as("executions of the user, who asked again until each was acknowledged")
        .isEqualTo(log.size());
  }

  private void check(Client client, Acknowledged acknowledged) {
    String id = acknowledged.id();
    assertThat(Submitter.submit(client, acknowledged.key())).as("answer to its key").isEqualTo(id);
    JsonNode result = client.result(id);
    JsonNode events = client.events(id);
    List<String> types = events.findValuesAsString("event_type");
    String verdict = result.path("verdict").asString();
    int attempt = result.path("attempt").intValue();
    String what = acknowledged + ": " + result + " after " + types;

    assertThat(types.stream().filter(TERMINAL::contains)).as(what).hasSize(1);
    assertThat(types.stream().filter("result_stored"::equals)).as(what).hasSize(1);
    assertThat(types).as(what).startsWith("execution_requested").endsWith("result_stored");
    assertThat(attempt).as(what).isBetween(1, 2);
    assertThat(types.stream().filter("execution_running"::equals).count())
        .as(what)
        .isEqualTo(attempt);
    if (verdict.equals("completed")) {
      assertThat(result.path("stdout").asString()).as(what).isEqualTo(acknowledged.key() + "\n");
      assertThat(result.path("status").asString()).as(what).isEqualTo("completed");
    } else {
      assertThat(verdict).as(what).isEqualTo("sandbox_error");
      assertThat(attempt).as("only what is lost twice may end so: " + what).isEqualTo(2);
    }
    if (attempt == 2) {
      try (EventStream stream = client.stream(id)) {
        assertThat(stream.rest().stream().map(Event::type)).as(what).containsOnlyOnce("restarted");
      }
    }
    synchronized (verdicts) {
      verdicts.merge(verdict, 1, Integer::sum);
      secondAttempts += attempt - 1;
    }
  }

  private void summary() {
    long again = log.values().stream().filter(each -> each.sent() > 1).count();
    System.out.printf(
        "crash: seed %d, kills %s, acknowledged %d (%d asked for again), verdicts %s, second"
            + " attempts %d%n",
        seed, kills, log.size(), again, verdicts, secondAttempts);
  }
}
