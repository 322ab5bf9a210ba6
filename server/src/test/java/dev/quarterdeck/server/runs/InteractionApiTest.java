package dev.quarterdeck.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Input and signals over HTTP while a program runs.
class InteractionApiTest {
  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start("EXECUTION_SLOTS=2");
    client = server.client().login("user", "user123");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String begin(String script, boolean interactive)
      throws IOException, InterruptedException {
    String id =
        client
            .post("/api/v1/execute", Map.of("script", script, "interactive", interactive))
            .expect(200)
            .json()
            .get("execution_id")
            .asString();
    awaitOutput(id, "up");
    return id;
  }

  private static void awaitOutput(String id, String text) throws IOException, InterruptedException {
    try (Stream<String> lines = client.events(id)) {
      assertThat(lines.anyMatch(line -> line.contains("\"output\"") && line.contains(text)))
          .isTrue();
    }
  }

  private static TestClient.Answer stdin(String id, Map<String, Object> body)
      throws IOException, InterruptedException {
    return client.post("/api/v1/executions/" + id + "/stdin", body);
  }

  private static TestClient.Answer signal(String id, Map<String, Object> body)
      throws IOException, InterruptedException {
    return client.post("/api/v1/executions/" + id + "/signal", body);
  }

  @Test
  void passesInputOnUntilItIsClosed() throws IOException, InterruptedException {
    String id =
        begin(
            "import sys\nprint('up', flush=True)\n"
                + "for line in sys.stdin.buffer: print('got', line, flush=True)\nprint('end')\n",
            true);
    assertThat(stdin(id, Map.of("data", "first ✓\n")).expect(200).json().get("bytes").asInt())
        .isEqualTo(10);
    awaitOutput(id, "got");
    stdin(id, Map.of("data", "/wA=", "encoding", "base64")).expect(200);
    assertThat(stdin(id, Map.of("close", true)).expect(200).json().get("closed").asBoolean())
        .isTrue();
    JsonNode result = client.result(id);
    assertThat(result.get("stdout").asString())
        .isEqualTo("up\ngot b'first \\xe2\\x9c\\x93\\n'\ngot b'\\xff\\x00'\nend\n");
    assertThat(stdin(id, Map.of("data", "x")).expect(409).text()).contains("execution_finished");
    assertThat(signal(id, Map.of()).expect(409).text()).contains("has ended");
  }

  @Test
  void sendsSignals() throws IOException, InterruptedException {
    String id =
        begin(
            "import signal, sys\nsignal.signal(signal.SIGUSR1, lambda *a: sys.exit(5))\n"
                + "print('up', flush=True)\nsignal.pause()",
            false);
    signal(id, Map.of("signal", "SIGUSR1")).expect(200);
    assertThat(client.result(id).get("exit_code").asInt()).isEqualTo(5);
  }

  @Test
  void refusesWhatCannotBeGiven() throws IOException, InterruptedException {
    String id = begin("import time; print('up', flush=True); time.sleep(100)", false);
    assertThat(stdin(id, Map.of("data", "x")).expect(409).text())
        .contains("stdin_closed", "interactive: true");
    assertThat(signal(id, Map.of("signal", "SIGNONE")).expect(422).text())
        .contains("Input should be one of 'SIGHUP', 'SIGINT'");
    assertThat(signal(id, Map.of("signal", 9)).expect(422).text()).contains("one of");
    assertThat(stdin(id, Map.of("data", "%", "encoding", "base64")).expect(422).text())
        .contains("Data is not valid base64");
    assertThat(stdin(id, Map.of("data", 7)).expect(422).text()).contains("valid string");
    assertThat(stdin(id, Map.of("data", "x".repeat(1_000_001))).expect(422).text())
        .contains("at most 1000000 characters");
    assertThat(stdin("none", Map.of()).expect(404).text()).contains("execution_not_found");
    TestClient other = server.client().login("admin", "admin123");
    String own = other.execute("bash", "sleep 100");
    assertThat(stdin(own, Map.of("data", "x")).expect(403).text()).contains("not_the_owner");
    assertThat(signal(own, Map.of()).expect(403).text()).contains("not_the_owner");
    String waits = client.execute("bash", "sleep 100");
    assertThat(signal(waits, Map.of()).expect(409).text()).contains("does not run yet");
    for (String each : new String[] {waits, id}) {
      client.post("/api/v1/executions/" + each + "/cancel", Map.of()).expect(200);
    }
    other.post("/api/v1/executions/" + own + "/cancel", Map.of()).expect(200);
  }

  @Test
  void keepsOnlySoMuchForAProgramThatNeverReads() throws IOException, InterruptedException {
    String id = begin("import time; print('up', flush=True); time.sleep(100)", true);
    Map<String, Object> large = Map.of("data", "x".repeat(400_000));
    int status = 200;
    for (int i = 0; i < 10 && status == 200; i++) {
      status = stdin(id, large).status();
    }
    assertThat(status).isEqualTo(429);
    assertThat(stdin(id, large).header("Retry-After")).isEqualTo("1");
    client.post("/api/v1/executions/" + id + "/cancel", Map.of()).expect(200);
    assertThat(client.result(id).get("verdict").asString()).isEqualTo("cancelled");
  }
}
