package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a program may use, how many run and wait, and when none is taken.
class ExecutionEffectsTest {
  private static final String WAITS = "sleep 60";
  private static TestServer tight;
  private static TestServer wide;

  @BeforeAll
  static void start() throws Exception {
    tight =
        TestServer.start(
            "K8S_POD_EXECUTION_TIMEOUT=1",
            "K8S_POD_MEMORY_LIMIT=48Mi",
            "K8S_POD_MEMORY_REQUEST=48Mi",
            "OUTPUT_MAX_BYTES=2kB",
            "SERVICE_NAME=tight-service",
            "SERVICE_VERSION=0.1.2");
    wide =
        TestServer.start(
            "K8S_POD_EXECUTION_TIMEOUT=60",
            "K8S_POD_MEMORY_LIMIT=256Mi",
            "EXECUTION_SLOTS=2",
            "EXECUTION_QUEUE_MAX=100",
            "EXECUTION_QUEUE_MAX_PER_USER=3",
            "OUTPUT_MAX_BYTES=1MB",
            "SERVICE_NAME=wide-service",
            "SERVICE_VERSION=3.4.5");
  }

  @AfterAll
  static void stop() throws Exception {
    tight.close();
    wide.close();
  }

  @Test
  @Observes("K8S_POD_EXECUTION_TIMEOUT")
  void endsProgramsAtTheWallClockLimit() throws IOException, InterruptedException {
    JsonNode ended = tight.user().run("bash", "echo begun; sleep 3; echo ended");
    assertThat(ended.get("verdict").asString()).isEqualTo("wall_time_limit");
    assertThat(ended.get("stdout").asString()).isEqualTo("begun\n");
    JsonNode completed = wide.user().run("bash", "echo begun; sleep 3; echo ended");
    assertThat(completed.get("verdict").asString()).isEqualTo("completed");
    assertThat(completed.get("stdout").asString()).isEqualTo("begun\nended\n");
  }

  @Test
  @Observes("K8S_POD_MEMORY_LIMIT")
  void endsProgramsAtTheMemoryLimit() throws IOException, InterruptedException {
    String script = "block = bytearray(100 * 1024 * 1024)\nprint(len(block))\n";
    assertThat(wide.user().run("python", script).get("stdout").asString()).isEqualTo("104857600\n");
    assertThat(tight.user().run("python", script).get("stdout").asString()).isEmpty();
  }

  @Test
  @Observes("K8S_POD_CPU_LIMIT")
  void givesProgramsTheirShareOfAProcessor() throws Exception {
    String script = "import time\nwhile time.process_time() < 1.6: pass\nprint('computed')\n";
    try (TestServer whole = withShare("1000m");
        TestServer tenth = withShare("100m")) {
      assertThat(whole.user().run("python", script).get("verdict").asString())
          .isEqualTo("completed");
      assertThat(tenth.user().run("python", script).get("verdict").asString())
          .isIn("cpu_time_limit", "wall_time_limit");
    }
  }

  private static TestServer withShare(String share) throws Exception {
    return TestServer.start(
        "K8S_POD_CPU_LIMIT=" + share, "K8S_POD_CPU_REQUEST=50m", "K8S_POD_EXECUTION_TIMEOUT=8");
  }

  @Test
  @Observes("OUTPUT_MAX_BYTES")
  void endsProgramsThatWriteTooMuch() throws IOException, InterruptedException {
    String script = "for i in {1..1000}; do echo 0123456789; done";
    JsonNode all = wide.user().run("bash", script);
    assertThat(all.get("verdict").asString()).isEqualTo("completed");
    assertThat(all.get("stdout").asString()).hasSize(11_000);
    JsonNode cut = tight.user().run("bash", script);
    assertThat(cut.get("verdict").asString()).isEqualTo("output_limit");
    assertThat(cut.get("stdout").asString().length()).isBetween(1, 2_048);
  }

  @Test
  @Observes({"EXECUTION_SLOTS", "EXECUTION_QUEUE_MAX_PER_USER"})
  void runsAndQueuesSoManyAtOnce() throws Exception {
    TestClient user = wide.user();
    List<String> taken = new ArrayList<>();
    taken.add(user.execute("bash", WAITS));
    taken.add(user.execute("bash", WAITS));
    Until.holds("two run", () -> running(user, taken) == 2);
    for (int waits = 0; waits < 3; waits++) {
      taken.add(user.execute("bash", WAITS));
    }
    assertThat(submit(user).expect(429).text()).contains("EXECUTION_QUEUE_MAX_PER_USER: 3");
    assertThat(running(user, taken)).isEqualTo(2);
    TestClient admin = wide.admin();
    String other = admin.execute("bash", WAITS);
    cancel(admin, List.of(other));
    cancel(user, taken);
  }

  @Test
  @Observes({"EXECUTION_QUEUE_MAX", "EXECUTION_QUEUE_MAX_PER_USER", "EXECUTION_SLOTS"})
  void refusesWhatTheQueueCannotHold() throws Exception {
    try (TestServer server =
        TestServer.start(
            "EXECUTION_SLOTS=1", "EXECUTION_QUEUE_MAX=2", "EXECUTION_QUEUE_MAX_PER_USER=1")) {
      TestClient user = server.user();
      List<String> taken = new ArrayList<>(List.of(user.execute("bash", WAITS)));
      Until.holds("one runs", () -> running(user, taken) == 1);
      taken.add(user.execute("bash", WAITS));
      assertThat(submit(user).expect(429).text()).contains("EXECUTION_QUEUE_MAX_PER_USER: 1");
      TestClient admin = server.admin();
      List<String> others = List.of(admin.execute("bash", WAITS));
      assertThat(submit(admin).expect(429).text()).contains("EXECUTION_QUEUE_MAX: 2");
      assertThat(running(user, taken)).as("one slot, one runs").isEqualTo(1);
      cancel(admin, others);
      cancel(user, taken);
    }
  }

  @Test
  @Observes("DISK_LOW_WATERMARK")
  void takesNoProgramWhenTheDiskIsNearlyFull() throws Exception {
    try (TestServer server = TestServer.start("DISK_LOW_WATERMARK=1000TB")) {
      TestClient.Answer refused = submit(server.user()).expect(503);
      assertThat(refused.text()).contains("DISK_LOW_WATERMARK");
      assertThat(refused.header("Retry-After")).isNotEmpty();
    }
    assertThat(wide.user().run("bash", "echo taken").get("stdout").asString()).isEqualTo("taken\n");
  }

  @Test
  void eventsNameTheServiceAndItsVersion() throws IOException, InterruptedException {
    assertThat(source(tight, "service_name")).containsOnly("tight-service");
    assertThat(source(wide, "service_name")).containsOnly("wide-service");
    assertThat(source(tight, "service_version")).containsOnly("0.1.2");
    assertThat(source(wide, "service_version")).containsOnly("3.4.5");
  }

  private static List<String> source(TestServer server, String field)
      throws IOException, InterruptedException {
    TestClient user = server.user();
    String id = user.execute("bash", "true");
    user.result(id);
    List<String> values = new ArrayList<>();
    for (JsonNode event : user.get("/api/v1/executions/" + id + "/events").expect(200).json()) {
      values.add(event.get("metadata").get(field).asString());
    }
    return values;
  }

  private static TestClient.Answer submit(TestClient client)
      throws IOException, InterruptedException {
    return client.post("/api/v1/execute", Map.of("lang", "bash", "script", WAITS));
  }

  private static long running(TestClient client, List<String> executions)
      throws IOException, InterruptedException {
    long running = 0;
    for (String id : executions) {
      String status =
          client.get("/api/v1/executions/" + id).expect(200).json().get("status").asString();
      running += status.equals("running") ? 1 : 0;
    }
    return running;
  }

  private static void cancel(TestClient client, List<String> executions) throws Exception {
    for (String id : executions) {
      client.post("/api/v1/executions/" + id + "/cancel", Map.of()).expect(200);
    }
    for (String id : executions) {
      Until.holds(
          "cancelled",
          () ->
              client
                  .get("/api/v1/executions/" + id)
                  .expect(200)
                  .json()
                  .get("status")
                  .asString()
                  .equals("cancelled"));
    }
  }
}
