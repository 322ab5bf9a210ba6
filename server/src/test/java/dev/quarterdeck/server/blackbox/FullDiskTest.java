package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The disk of the data directory is full while programs run: a small file system in memory, which
/// only the server has mounted.
@Tag("slow")
class FullDiskTest {
  private static final String TALKS =
      """
      import time
      for i in range(600):
          print(i, flush=True)
          time.sleep(0.1)
      """;

  @TempDir(factory = Homes.class)
  Path home;

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }
  }

  @Test
  void refusesClearlyLosesNothingAndWorksAgainWhenThereIsRoom()
      throws IOException, InterruptedException {
    Path data = Files.createDirectories(ServerProcess.data(home));
    String mount = "mount -t tmpfs -o size=32m tmpfs \"$0\" && exec \"$@\"";
    List<String> wrapper =
        List.of(
            "unshare", "--mount", "--propagation", "private", "sh", "-c", mount, data.toString());
    try (ServerProcess server = ServerProcess.startUnder(wrapper, home, "DISK_LOW_WATERMARK=0")) {
      Client user = server.user();
      assertThat(user.await(user.execute("bash", "echo before")).path("stdout").asString())
          .isEqualTo("before\n");
      String caught = user.execute("python", TALKS);
      Awaiting.until(
          "the program talks", () -> user.events(caught).toString().contains("execution_running"));

      Path fill = Path.of("/proc/" + server.pid() + "/root" + data + "/fill");
      fill(fill);
      Client.Answer refused =
          user.post("/api/v1/execute", Map.of("lang", "bash", "script", "echo refused"));
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.at("code")).isEqualTo("store_unavailable");
      assertThat(user.get("/api/v1/health/live").status()).isEqualTo(200);
      Awaiting.until(
          "the log tells what could not be stored",
          () -> ServerProcess.log(home).contains("its output could not be stored"));

      Files.delete(fill);
      JsonNode end = user.await(caught);
      assertThat(end.path("verdict").asString()).isEqualTo("sandbox_error");
      assertThat(end.path("evidence").asString()).isEqualTo("the output could not be stored");
      assertThat(user.await(user.execute("bash", "echo after")).path("stdout").asString())
          .isEqualTo("after\n");
      assertThat(user.documentedByTheServer().get("/api/v1/health/ready").status()).isEqualTo(200);
    }
  }
}
