package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// How many requests are handled at once, how many wait, and how long. What makes a request last is
/// a foreign lock on the database: a write waits for it, also after its client had an answer.
class AdmissionEffectsTest {
  private static final String SHORT = "WEB_TIMEOUT=0.3";

  @Test
  @Observes("WEB_CONCURRENCY")
  void handlesConcurrencyTimesThreadsRequestsAtOnce() throws Exception {
    assertThat(besideTwoWrites("WEB_CONCURRENCY=2", "WEB_THREADS=1")).isEqualTo(503);
    assertThat(besideTwoWrites("WEB_CONCURRENCY=3", "WEB_THREADS=1")).isEqualTo(200);
  }

  @Test
  @Observes("WEB_THREADS")
  void threadsMultiplyThePlaces() throws Exception {
    assertThat(besideTwoWrites("WEB_CONCURRENCY=1", "WEB_THREADS=2")).isEqualTo(503);
    assertThat(besideTwoWrites("WEB_CONCURRENCY=1", "WEB_THREADS=3")).isEqualTo(200);
  }

  /// The answer to a request that reads while two others cannot write.
  private static int besideTwoWrites(String... places) throws Exception {
    String[] settings = {places[0], places[1], SHORT};
    try (TestServer server = TestServer.start(settings)) {
      TestClient user = server.user();
      try (Locked locked = new Locked(server)) {
        for (int write = 0; write < 2; write++) {
          write(user).expect(503);
        }
        int answer = user.get("/api/v1/auth/me").status();
        locked.release();
        return answer;
      }
    }
  }

  @Test
  @Observes("WEB_TIMEOUT")
  void answersWithinTheTimeout() throws Exception {
    try (TestServer hasty = TestServer.start(SHORT);
        TestServer patient = TestServer.start("WEB_TIMEOUT=60")) {
      TestClient user = hasty.user();
      try (Locked locked = new Locked(hasty)) {
        write(user).expect(503);
        locked.release();
      }
      TestClient other = patient.user();
      try (Locked locked = new Locked(patient);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<TestClient.Answer> waiting = threads.submit(() -> write(other));
        user.get("/api/v1/auth/me").expect(200);
        locked.release();
        waiting.get().expect(201);
      }
    }
  }

  @Test
  @Observes("WEB_BACKLOG")
  void letsSoManyRequestsWaitForAPlace() throws Exception {
    assertThat(busyAmongFour("WEB_BACKLOG=1")).isEqualTo(3);
    assertThat(busyAmongFour("WEB_BACKLOG=10")).isZero();
  }

  /// How many of four requests are refused at once while the only place is taken.
  private static long busyAmongFour(String backlog) throws Exception {
    try (TestServer server =
        TestServer.start("WEB_CONCURRENCY=1", "WEB_THREADS=1", "WEB_TIMEOUT=2", backlog)) {
      TestClient user = server.user();
      try (Locked locked = new Locked(server);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        write(user).expect(503);
        List<Future<TestClient.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          answers.add(threads.submit(() -> user.get("/api/v1/auth/me")));
        }
        long busy = 0;
        for (Future<TestClient.Answer> answer : answers) {
          TestClient.Answer refused = answer.get().expect(503);
          if (refused.json().get("code").asString().equals("server_busy")) {
            assertThat(refused.header("Retry-After")).isNotEmpty();
            busy++;
          }
        }
        locked.release();
        return busy;
      }
    }
  }

  private static TestClient.Answer write(TestClient user) throws IOException, InterruptedException {
    return user.post(
        "/api/v1/auth/tokens", Map.of("name", "effect", "scopes", List.of("executions:read")));
  }

  /// A foreign process's hold on the server's database.
  private static final class Locked implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;

    Locked(TestServer server) throws SQLException {
      String file = server.dataDirectory().resolve("integr8scode_db.db").toUri().toASCIIString();
      this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      this.statement = connection.createStatement();
      statement.execute("BEGIN IMMEDIATE");
    }

    void release() throws SQLException {
      statement.execute("ROLLBACK");
    }

    @Override
    public void close() throws SQLException {
      statement.close();
      connection.close();
    }
  }
}
