package dev.quarterdeck.server.runs;

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

/// Files, variables, limits and waiting, from outside.
class RunContractApiTest {
  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    client = server.client().login("user", "user123");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static JsonNode run(Map<String, Object> request)
      throws IOException, InterruptedException {
    return client.post("/api/v1/execute?wait=true", request).expect(200).json();
  }

  private static String refused(Map<String, Object> request)
      throws IOException, InterruptedException {
    JsonNode detail = client.post("/api/v1/execute", request).expect(422).json().get("detail");
    return detail.get(0).get("loc") + " " + detail.get(0).get("msg").asString();
  }

  @Test
  void answersWithTheResultOfAProgramOfSeveralFiles() throws IOException, InterruptedException {
    JsonNode result =
        run(
            Map.of(
                "script",
                "import helper, os\n"
                    + "print(helper.greet(os.environ['NAME']), open('data.bin','rb').read())",
                "files",
                List.of(
                    Map.of("name", "helper.py", "content", "def greet(n): return 'hello ' + n"),
                    Map.of("name", "data.bin", "content", "/wA=", "encoding", "base64")),
                "env",
                Map.of("NAME", "Anna ✓")));

    assertThat(result.get("stdout").asString()).isEqualTo("hello Anna ✓ b'\\xff\\x00'\n");
    assertThat(result.get("verdict").asString()).isEqualTo("completed");
    assertThat(result.get("status").asString()).isEqualTo("completed");
  }

  @Test
  void enforcesTheLimitsThatTheCallerAskedForAndNamesThem()
      throws IOException, InterruptedException {
    JsonNode slow =
        run(
            Map.of(
                "script",
                "import time; print('begun', flush=True); time.sleep(20)",
                "limits",
                Map.of("wall_time_ms", 400)));
    assertThat(slow.get("verdict").asString()).isEqualTo("wall_time_limit");
    assertThat(slow.get("evidence").asString()).startsWith("wall time limit 400 ms, ran ");
    assertThat(slow.get("stdout").asString()).isEqualTo("begun\n");

    JsonNode loud =
        run(Map.of("script", "print('x' * 5000)", "limits", Map.of("output_bytes", 1000)));
    assertThat(loud.get("verdict").asString()).isEqualTo("output_limit");
    assertThat(loud.get("stdout").asString()).hasSize(1000);
    assertThat(loud.get("stdout_truncated").asBoolean()).isTrue();
  }

  @Test
  void refusesEveryLimitThatIsNoneOrMoreThanThereIs() throws IOException, InterruptedException {
    for (String limit :
        List.of(
            "wall_time_ms",
            "cpu_time_ms",
            "memory_bytes",
            "processes",
            "file_bytes",
            "disk_bytes",
            "files",
            "output_bytes")) {
      for (Object wrong : List.of(-1, Long.MAX_VALUE, 1e300, 1.5, "1", true, List.of())) {
        assertThat(refused(with("limits", Map.of(limit, wrong))))
            .as("%s %s", limit, wrong)
            .startsWith("[\"body\",\"limits\",\"" + limit + "\"] Input should be ");
      }
    }
    for (String limit :
        List.of(
            "wall_time_ms", "cpu_time_ms", "memory_bytes", "processes", "disk_bytes", "files")) {
      assertThat(refused(with("limits", Map.of(limit, 0)))).contains("greater than or equal to ");
    }
    assertThat(refused(with("limits", Map.of("processes", 65))))
        .endsWith("Input should be less than or equal to 64");
    for (String notJson : List.of("NaN", "Infinity", "-Infinity", "1e", "0x10")) {
      String body = "{\"script\": \"x\", \"limits\": {\"processes\": " + notJson + "}}";
      TestClient.Answer answer = client.postText("/api/v1/execute", "application/json", body);
      assertThat(answer.status()).as(notJson).isEqualTo(422);
      assertThat(answer.text()).contains("JSON");
    }
  }

  @Test
  void endsAProgramAtEachOfItsLimits() throws IOException, InterruptedException {
    assertThat(ended("while True: pass", "cpu_time_ms", 300))
        .startsWith("cpu_time_limit: CPU time limit 300 ms, used ");
    assertThat(ended("bytearray(90 << 20)", "memory_bytes", 40 << 20))
        .startsWith("memory_limit: memory limit 41943040 bytes, peak ");
    assertThat(
            ended(
                "import os\nfor i in range(30):\n if os.fork() == 0: os.read(0, 1); os.pause()\n",
                "processes",
                8))
        .startsWith("process_limit: process limit 8, refused ");
    assertThat(
            ended(
                "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\n"
                    + "open('f', 'wb').write(b'x' * 100000)",
                "file_bytes",
                4096))
        .startsWith("disk_limit: file size limit 4096 bytes");
    assertThat(ended("open('f', 'wb').write(b'x' * 900000)", "disk_bytes", 500_000))
        .startsWith("disk_limit: disk limit 500000 bytes");
    assertThat(
            ended(
                "import time\nfor i in range(500): open(str(i), 'w')\ntime.sleep(10)",
                "files",
                100))
        .startsWith("disk_limit: files limit 100, had ");
  }

  private static String ended(String script, String limit, int value)
      throws IOException, InterruptedException {
    JsonNode result = run(Map.of("script", script, "limits", Map.of(limit, value)));
    return result.get("verdict").asString() + ": " + result.get("evidence").asString();
  }

  @Test
  void showsHowTheCompilerEnded() throws IOException, InterruptedException {
    JsonNode good = run(Map.of("lang", "c", "script", "#warning old\nint main(void){return 3;}"));
    assertThat(good.get("exit_code").asInt()).isEqualTo(3);
    assertThat(good.at("/compile/exit_code").asInt()).isZero();
    assertThat(good.at("/compile/output").asString()).contains("old");

    JsonNode bad = run(Map.of("lang", "c", "script", "int main("));
    assertThat(bad.get("verdict").asString()).isEqualTo("compile_error");
    assertThat(bad.at("/compile/exit_code").asInt()).isEqualTo(1);
    assertThat(bad.at("/compile/output").asString()).contains("error");
  }

  @Test
  void refusesWhatCannotBeRunAndSaysWhere() throws IOException, InterruptedException {
    for (String name : List.of("../x", "/x", "a//b", ".", "x/../y", ".stage")) {
      assertThat(refused(with("files", List.of(Map.of("name", name, "content", "")))))
          .as(name)
          .startsWith("[\"body\",\"files\",0,\"name\"] File name: expected ");
    }
    Map<String, Object> twice = Map.of("name", "a", "content", "");
    assertThat(refused(with("files", List.of(twice, twice))))
        .isEqualTo("[\"body\",\"files\",1,\"name\"] Another file has this name");
    assertThat(refused(with("files", List.of(twice, Map.of("name", "a/b", "content", "")))))
        .isEqualTo("[\"body\",\"files\",1,\"name\"] A file and a directory have the same name");
    assertThat(
            refused(
                with(
                    "files", List.of(Map.of("name", "a", "content", "%%%", "encoding", "base64")))))
        .isEqualTo("[\"body\",\"files\",0,\"content\"] Content is not valid base64");
    List<Object> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      many.add(Map.of("name", "f" + i, "content", ""));
    }
    assertThat(refused(with("files", many)))
        .isEqualTo("[\"body\",\"files\"] List should have at most 1000 items");
    assertThat(refused(with("files", "none")))
        .isEqualTo("[\"body\",\"files\"] Input should be a valid list");
    assertThat(refused(with("files", List.of(7))))
        .isEqualTo("[\"body\",\"files\",0] Input should be a valid dictionary");
    assertThat(refused(with("env", Map.of("A-B", "x"))))
        .startsWith("[\"body\",\"env\"] Names should be up to 100 letters");
    assertThat(refused(with("env", Map.of("A", 1))))
        .isEqualTo("[\"body\",\"env\",\"A\"] Input should be a valid string");
    assertThat(refused(with("limits", Map.of("memory", 5))))
        .startsWith("[\"body\",\"limits\",\"memory\"] Unknown limit (expected: one of ");
    assertThat(refused(with("limits", Map.of("memory_bytes", 5))))
        .startsWith("[\"body\",\"limits\",\"memory_bytes\"] Input should be greater than");
    JsonNode wait = client.post("/api/v1/execute?wait=maybe", with("a", 1)).expect(422).json();
    assertThat(wait.at("/detail/0/msg").asString()).isEqualTo("Input should be true or false");
  }

  private static Map<String, Object> with(String name, Object value) {
    return Map.of("script", "print(1)", name, value);
  }
}
