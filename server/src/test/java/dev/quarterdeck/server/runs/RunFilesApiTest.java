package dev.quarterdeck.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Files that come back and batches of cases, from outside.
class RunFilesApiTest {
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
  void handsFilesBackAsTextAndAsBytes() throws IOException, InterruptedException {
    JsonNode result =
        run(
            Map.of(
                "script",
                "import os\nos.mkdir('out')\nopen('out/täxt', 'w').write('héllo')\n"
                    + "open('b', 'wb').write(b'\\xff\\x00')\nos.symlink('/etc/passwd', 'link')\n",
                "output_files",
                List.of("out", "b", "link", "none")));

    JsonNode files = result.get("files");
    assertThat(files.size()).isEqualTo(2);
    assertThat(files.get(0).toString())
        .isEqualTo("{\"name\":\"b\",\"size\":2,\"content_base64\":\"/wA=\"}");
    assertThat(files.get(1).get("name").asString()).isEqualTo("out/täxt");
    assertThat(files.get(1).get("content").asString()).isEqualTo("héllo");
    assertThat(Base64.getDecoder().decode(files.get(1).get("content_base64").asString()))
        .asString()
        .isNotEmpty();
    assertThat(result.get("files_omitted").toString())
        .isEqualTo(
            "[{\"name\":\"link\",\"reason\":\"it is a symbolic link (expected: a regular file)\"},"
                + "{\"name\":\"none\",\"reason\":\"there is no such file\"}]");

    String id = result.get("execution_id").asString();
    JsonNode listed = client.get("/api/v1/executions/" + id).expect(200).json();
    assertThat(listed.get("files").get(0).toString()).isEqualTo("{\"name\":\"b\",\"size\":2}");
    JsonNode again = client.get("/api/v1/executions/" + id + "/result").expect(200).json();
    assertThat(again.get("files")).isEqualTo(files);
  }

  @Test
  void refusesPathsThatLeaveTheDirectory() throws IOException, InterruptedException {
    for (String path : List.of("../x", "/etc/passwd", "a//b", ".", "x/../y", "a\nb", "")) {
      assertThat(refused(Map.of("script", "x", "output_files", List.of(path))))
          .as(path)
          .startsWith("[\"body\",\"output_files\"] Output file: expected ");
    }
    assertThat(refused(Map.of("script", "x", "output_files", List.of("x".repeat(4096)))))
        .contains("String should have at most 1024 characters");
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      many.add("f" + i);
    }
    assertThat(refused(Map.of("script", "x", "output_files", many)))
        .contains("List should have at most 100 items");
    assertThat(refused(Map.of("script", "x", "output_files", "a")))
        .contains("Input should be a valid list");
    assertThat(refused(Map.of("script", "x", "output_files", List.of(7))))
        .contains("Input should be a valid string");
  }

  @Test
  void runsEachCaseInASandboxOfItsOwnAndComparesItsOutput()
      throws IOException, InterruptedException {
    JsonNode result =
        run(
            Map.of(
                "script",
                "import os, sys\nassert not os.path.exists('left')\nopen('left', 'w')\n"
                    + "n = int(input())\nprint(n * n, *sys.argv[1:])\n"
                    + "sys.stderr.write('seen %d\\n' % n)\nsys.exit(n % 2)\n",
                "args",
                List.of("usual"),
                "cases",
                List.of(
                    Map.of("stdin", "2\n", "expected_stdout", "4 usual  \n\n"),
                    Map.of("stdin", "3", "args", List.of("own"), "expected_stdout", "8 own"),
                    Map.of("stdin", "nothing"),
                    Map.of("stdin", "10"))));

    JsonNode cases = result.get("cases");
    assertThat(cases.size()).isEqualTo(4);
    assertThat(cases.get(0).get("verdict").asString()).isEqualTo("completed");
    assertThat(cases.get(0).get("stdout").asString()).isEqualTo("4 usual\n");
    assertThat(cases.get(0).get("stderr").asString()).isEqualTo("seen 2\n");
    assertThat(cases.get(0).get("passed").asBoolean()).isTrue();
    assertThat(cases.get(0).get("wall_time_seconds").asDouble()).isPositive();
    assertThat(cases.get(1).get("verdict").asString()).isEqualTo("failed");
    assertThat(cases.get(1).get("exit_code").asInt()).isEqualTo(1);
    assertThat(cases.get(1).get("stdout").asString()).isEqualTo("9 own\n");
    assertThat(cases.get(1).get("passed").asBoolean()).isFalse();
    assertThat(cases.get(2).get("stderr").asString()).contains("ValueError");
    assertThat(cases.get(2).has("passed")).isFalse();
    assertThat(cases.get(3).get("stdout").asString()).isEqualTo("100 usual\n");
    assertThat(result.get("verdict").asString()).isEqualTo("failed");
    assertThat(result.get("evidence").asString())
        .isEqualTo("case 2 of 4: exit code 1 (wait status)");
    assertThat(result.get("stdout").asString()).isEqualTo("4 usual\n9 own\n100 usual\n");
  }

  @Test
  void compilesOnceForAllCases() throws IOException, InterruptedException {
    // What the compiler is told of the time may not be shared with other runs, so it is in one.
    String program =
        "#include <stdio.h>\n#warning once\n"
            + "int main(void){int n=0;scanf(\"%d\",&n);printf(\"%s %d\\n\",__TIME__,n);return 0;}";
    JsonNode result =
        run(
            Map.of(
                "lang",
                "c",
                "script",
                program,
                "cases",
                List.of(Map.of("stdin", "1"), Map.of("stdin", "2"), Map.of("stdin", "3"))));

    assertThat(result.get("verdict").asString()).isEqualTo("completed");
    assertThat(result.get("evidence").asString()).isEqualTo("all 3 cases completed");
    assertThat(result.at("/compile/exit_code").asInt()).isZero();
    assertThat(result.at("/compile/output").asString()).containsOnlyOnce("-Wcpp");
    String time = result.at("/cases/0/stdout").asString().split(" ", 2)[0];
    for (int i = 0; i < 3; i++) {
      assertThat(result.at("/cases/" + i + "/stdout").asString())
          .isEqualTo(time + " " + (i + 1) + "\n");
      assertThat(result.at("/cases/" + i + "/stderr").asString()).isEmpty();
    }

    JsonNode broken =
        run(Map.of("lang", "c", "script", "int main(", "cases", List.of(Map.of(), Map.of())));
    assertThat(broken.get("verdict").asString()).isEqualTo("compile_error");
    assertThat(broken.has("cases")).isFalse();
    assertThat(broken.at("/compile/output").asString()).contains("error");
  }

  @Test
  void stopsABatchThatIsCancelled() throws IOException, InterruptedException {
    String id =
        client
            .post(
                "/api/v1/execute",
                Map.of(
                    "script",
                    "import time; print('begun', flush=True); time.sleep(60)",
                    "cases",
                    List.of(Map.of(), Map.of(), Map.of())))
            .expect(200)
            .json()
            .get("execution_id")
            .asString();
    try (var lines = client.events(id)) {
      assertThat(lines.anyMatch(line -> line.contains("begun"))).isTrue();
    }
    client.post("/api/v1/executions/" + id + "/cancel", Map.of()).expect(200);
    JsonNode result = client.result(id);
    assertThat(result.get("verdict").asString()).isEqualTo("cancelled");
    assertThat(result.get("cases").size()).isEqualTo(1);
  }

  @Test
  void refusesCasesThatAreNone() throws IOException, InterruptedException {
    assertThat(refused(Map.of("script", "x", "cases", List.of(1))))
        .isEqualTo("[\"body\",\"cases\",0] Input should be a valid dictionary");
    assertThat(refused(Map.of("script", "x", "cases", List.of(Map.of("stdin", 1)))))
        .isEqualTo("[\"body\",\"cases\",0,\"stdin\"] Input should be a valid string");
    assertThat(refused(Map.of("script", "x", "cases", List.of(Map.of("input", "x")))))
        .isEqualTo(
            "[\"body\",\"cases\",0,\"input\"] Unknown field (expected: stdin, args,"
                + " expected_stdout)");
    List<Map<String, String>> many = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      many.add(Map.of());
    }
    assertThat(refused(Map.of("script", "x", "cases", many)))
        .isEqualTo("[\"body\",\"cases\"] List should have at most 100 items");
    String large = "x".repeat(999_000);
    List<Map<String, String>> six = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      six.add(Map.of("stdin", large));
    }
    assertThat(refused(Map.of("script", "x", "cases", six)))
        .isEqualTo(
            "[\"body\",\"cases\"] The input of all cases should have at most 5000000 characters");
    assertThat(
            refused(
                Map.of("script", "x", "cases", List.of(Map.of()), "output_files", List.of("a"))))
        .isEqualTo("[\"body\",\"output_files\"] Cannot be used together with cases");
  }
}
