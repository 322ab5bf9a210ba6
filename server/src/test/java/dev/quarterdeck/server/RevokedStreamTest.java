package dev.quarterdeck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What was allowed by a login ends with it.
class RevokedStreamTest {
  @Test
  void aStreamEndsWhenItsLoginEnds() throws Exception {
    try (TestServer server = TestServer.start()) {
      TestClient user = server.user();
      String id = user.execute("bash", "echo begun; sleep 60; echo secret");
      try (Stream<String> stream = user.events(id)) {
        Iterator<String> lines = stream.iterator();
        Awaiting.until("the program has begun", () -> lines.next().contains("begun"));
        user.post("/api/v1/auth/logout", Map.of()).expect(200);
        List<String> rest =
            CompletableFuture.supplyAsync(() -> rest(lines)).get(30, TimeUnit.SECONDS);
        assertThat(rest).contains(": the login has ended");
        assertThat(rest).noneMatch(line -> line.contains("result_stored"));
      }
      assertThat(server.admin().post("/api/v1/executions/" + id + "/cancel", Map.of()).status())
          .isEqualTo(200);
    }
  }

  private static List<String> rest(Iterator<String> lines) {
    List<String> rest = new ArrayList<>();
    lines.forEachRemaining(rest::add);
    return rest;
  }
}
