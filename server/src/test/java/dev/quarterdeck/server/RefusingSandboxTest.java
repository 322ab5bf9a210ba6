package dev.quarterdeck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.sandbox.LocalSandbox;
import dev.quarterdeck.executions.sandbox.LocalSandboxSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose sandbox cannot be trusted serves everything else, runs nothing, and says why.
class RefusingSandboxTest {
  @TempDir Path directory;

  @Test
  void runsNothingAndSaysWhyAtStartInHealthAndToTheCaller() throws Exception {
    // Another server has the directory of the sandbox.
    try (LocalSandbox other =
            LocalSandbox.open(LocalSandboxSettings.of(directory.resolve("data/sandbox"), "L2", 1));
        TestServer server = TestServer.startIn(directory)) {
      assertThat(other.report().mayRun()).isTrue();
      String reason = "is in use by another server";
      assertThat(server.server().greeting())
          .filteredOn(line -> line.startsWith("no program may run on this host: work directory: "))
          .singleElement()
          .asString()
          .contains(reason);
      TestClient client = server.user();
      TestClient.Answer refused =
          client.post("/api/v1/execute", Map.of("lang", "bash", "script", "echo 1"));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).contains(reason).contains("no program can run on this host");
      assertThat(client.get("/api/v1/health/ready").text())
          .contains("\"sandbox\":{\"status\":\"unavailable\"}")
          .contains("\"sandbox_level\":{\"status\":\"none\"}");
    }
  }
}
