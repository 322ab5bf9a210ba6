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
    for (Object wrong : List.of(0, -1, 10_000_000_000L, 1.5, "1")) {
      assertThat(refused(with("limits", Map.of("wall_time_ms", wrong))))
          .as("%s", wrong)
          .startsWith("[\"body\",\"limits\",\"wall_time_ms\"] Input should be ");
    }
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
