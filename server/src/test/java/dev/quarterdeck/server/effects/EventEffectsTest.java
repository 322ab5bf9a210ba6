package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.events.EventEnvelope;
import dev.quarterdeck.events.EventHandler;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What happens to events whose handler fails, and how many are handled at once. The events are
/// those of the two seeded users.
class EventEffectsTest {
  private static final int SEEDED = 2;
  private static final String MESSAGES = "/api/v1/dlq/messages";

  @Test
  @Observes("DLQ_RETRY_MAX_ATTEMPTS")
  void retriesSoOftenBeforeADeadLetter(@TempDir Path directory) throws Exception {
    for (int retries : List.of(0, 2)) {
      try (TestServer server =
          failing(
              directory.resolve("retries" + retries),
              "DLQ_RETRY_MAX_ATTEMPTS=" + retries,
              "DLQ_RETRY_BASE_DELAY_SECONDS=0.01")) {
        awaitDeadLetters(server);
        for (JsonNode message : messages(server, "").get("messages")) {
          assertThat(message.get("retries").asInt()).isEqualTo(retries);
        }
      }
    }
  }

  @Test
  @Observes({"DLQ_RETRY_BASE_DELAY_SECONDS", "DLQ_RETRY_MAX_DELAY_SECONDS"})
  void waitsBetweenRetries(@TempDir Path directory) throws Exception {
    try (TestServer slow =
        failing(
            directory.resolve("slow"),
            "DLQ_RETRY_MAX_ATTEMPTS=1",
            "DLQ_RETRY_BASE_DELAY_SECONDS=3600",
            "DLQ_RETRY_MAX_DELAY_SECONDS=3600")) {
      try (TestServer fast =
          failing(
              directory.resolve("fast"),
              "DLQ_RETRY_MAX_ATTEMPTS=1",
              "DLQ_RETRY_BASE_DELAY_SECONDS=0.01",
              "DLQ_RETRY_MAX_DELAY_SECONDS=3600")) {
        awaitDeadLetters(fast);
      }
      try (TestServer capped =
          failing(
              directory.resolve("capped"),
              "DLQ_RETRY_MAX_ATTEMPTS=1",
              "DLQ_RETRY_BASE_DELAY_SECONDS=3600",
              "DLQ_RETRY_MAX_DELAY_SECONDS=0.01")) {
        awaitDeadLetters(capped);
      }
      Until.holds(
          "both events wait for their retry",
          () -> messages(slow, "?state=pending").get("messages").size() == SEEDED);
      assertThat(messages(slow, "").get("total").asInt()).isZero();
    }
  }

  @Test
  @Observes({"DLQ_WARNING_THRESHOLD", "DLQ_CRITICAL_THRESHOLD"})
  void healthTurnsAtTheThresholds(@TempDir Path directory) throws Exception {
    assertThat(healthOfTwo(directory.resolve("a"), 3, 4)).isEqualTo("ok");
    assertThat(healthOfTwo(directory.resolve("b"), 2, 3)).isEqualTo("warning");
    assertThat(healthOfTwo(directory.resolve("c"), 1, 2)).isEqualTo("critical");
  }

  private static String healthOfTwo(Path directory, int warning, int critical) throws Exception {
    try (TestServer server =
        failing(
            directory,
            "DLQ_RETRY_MAX_ATTEMPTS=0",
            "DLQ_WARNING_THRESHOLD=" + warning,
            "DLQ_CRITICAL_THRESHOLD=" + critical)) {
      awaitDeadLetters(server);
      return server
          .client()
          .get("/api/v1/health/ready")
          .expect(200)
          .json()
          .at("/checks/dead_letters/status")
          .asString();
    }
  }

  @Test
  @Observes("KAFKA_MAX_POLL_RECORDS")
  void handlesAtMostSoManyEventsAtOnce(@TempDir Path directory) throws Exception {
    assertThat(mostAtOnce(directory.resolve("one"), 1)).isEqualTo(1);
    assertThat(mostAtOnce(directory.resolve("many"), 500)).isEqualTo(2);
  }

  /// How many events are in the handler at once, when each stays until another one comes, or for
  /// half a second.
  private static int mostAtOnce(Path directory, int records) throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch handled = new CountDownLatch(SEEDED);
    CountDownLatch together = new CountDownLatch(SEEDED);
    EventHandler handler =
        new Handler(
            event -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              together.countDown();
              boolean met = together.await(records == 1 ? 500 : 20_000, TimeUnit.MILLISECONDS);
              inside.decrementAndGet();
              if (met || records == 1) {
                handled.countDown();
              }
            });
    try (TestServer server =
        TestServer.startIn(
            directory, handler, InstantSource.system(), "KAFKA_MAX_POLL_RECORDS=" + records)) {
      assertThat(handled.await(30, TimeUnit.SECONDS)).as(server.toString()).isTrue();
    }
    return most.get();
  }

  private static TestServer failing(Path directory, String... settings) throws Exception {
    return TestServer.startIn(directory, failing(), InstantSource.system(), settings);
  }

  static EventHandler failing() {
    return new Handler(
        event -> {
          throw new IllegalStateException("fails as the test wants");
        });
  }

  static void awaitDeadLetters(TestServer server) throws Exception {
    Until.holds("dead letters", () -> messages(server, "").get("total").asInt() == SEEDED);
  }

  static JsonNode messages(TestServer server, String query)
      throws IOException, InterruptedException {
    return server.admin().get(MESSAGES + query).expect(200).json();
  }

  interface Reaction {
    void to(EventEnvelope event) throws Exception;
  }

  /// Reacts to the registration of users.
  private record Handler(Reaction reaction) implements EventHandler {
    @Override
    public String group() {
      return "effects";
    }

    @Override
    public Set<String> topics() {
      return Set.of("user");
    }

    @Override
    public void handle(EventEnvelope event) throws Exception {
      if (event.eventType().equals("user_registered")) {
        reaction.to(event);
      }
    }
  }
}
