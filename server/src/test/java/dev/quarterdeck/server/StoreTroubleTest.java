package dev.quarterdeck.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Trouble below is a 503 that passes, not a fault.
class StoreTroubleTest {
  @Test
  void answers503WhileTheDataDirectoryIsAwayAndWorksAgainAfterwards() throws Exception {
    try (TestServer server = TestServer.start()) {
      TestClient user = server.user();
      Path data = server.dataDirectory();
      Path away = data.resolveSibling("away");
      Files.move(data, away);
      TestClient.Answer refused;
      try {
        refused = user.post("/api/v1/execute", Map.of("lang", "bash", "script", "echo 1"));
      } finally {
        Files.move(away, data);
      }
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.json().get("code").asString()).isEqualTo("store_unavailable");
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(refused.text()).doesNotContain(data.toString());
      assertThat(user.run("bash", "echo 1").get("stdout").asString()).isEqualTo("1\n");
    }
  }
}
