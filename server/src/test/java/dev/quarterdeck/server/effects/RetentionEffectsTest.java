package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long executions, events and dead letters are kept: each test leaves some, and starts the
/// server again two hours later.
class RetentionEffectsTest {
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(2));
  @TempDir private Path directory;
  private String execution = "";

  @BeforeEach
  void leaveSome() throws Exception {
    try (TestServer server =
        TestServer.startIn(
            directory,
            EventEffectsTest.failing(),
            InstantSource.system(),
            "DLQ_RETRY_MAX_ATTEMPTS=0")) {
      execution = server.user().execute("bash", "echo kept");
      server.user().result(execution);
      EventEffectsTest.awaitDeadLetters(server);
    }
  }

  @Test
  @Observes("EXECUTION_RETENTION_DAYS")
  void forgetsOldExecutions() throws Exception {
    try (TestServer server = later("EXECUTION_RETENTION_DAYS=3h")) {
      assertThat(statusOfExecution(server)).isEqualTo(200);
    }
    try (TestServer server = later("EXECUTION_RETENTION_DAYS=1h")) {
      Until.holds("the execution is gone", () -> statusOfExecution(server) == 404);
    }
  }

  private int statusOfExecution(TestServer server) throws IOException, InterruptedException {
    return server.user().get("/api/v1/executions/" + execution).status();
  }

  @Test
  @Observes({"EVENT_RETENTION_DAYS", "DLQ_RETENTION_DAYS"})
  void forgetsOldEventsAndDeadLetters() throws Exception {
    assertThat(oldEvents()).isPositive();
    try (TestServer server = later("EVENT_RETENTION_DAYS=1h", "DLQ_RETENTION_DAYS=3h")) {
      Until.holds("old events are gone", () -> oldEvents() == 0);
      EventEffectsTest.awaitDeadLetters(server);
    }
    try (TestServer server = later("EVENT_RETENTION_DAYS=1h", "DLQ_RETENTION_DAYS=1h")) {
      Until.holds(
          "dead letters are gone",
          () -> EventEffectsTest.messages(server, "").get("total").asInt() == 0);
    }
  }

  @Test
  @Observes("EVENT_RETENTION_DAYS")
  void keepsEventsThatAreYoungEnough() throws Exception {
    long before = oldEvents();
    try (TestServer server = later("EVENT_RETENTION_DAYS=3h", "DLQ_RETENTION_DAYS=1h")) {
      Until.holds(
          "the sweep came to the dead letters, after the events",
          () -> EventEffectsTest.messages(server, "").get("total").asInt() == 0);
    }
    assertThat(oldEvents()).isEqualTo(before);
  }

  private TestServer later(String... settings) throws Exception {
    return TestServer.startIn(directory, EventEffectsTest.failing(), LATER, settings);
  }

  /// Events in the journal from before the two hours passed.
  private long oldEvents() throws Exception {
    String file = directory.resolve("data/integr8scode_db.db").toUri().toASCIIString();
    String old =
        "SELECT count(*) FROM events WHERE time < "
            + InstantSource.system().instant().plus(Duration.ofHours(1)).toEpochMilli();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(old)) {
      return count.getLong(1);
    }
  }
}
