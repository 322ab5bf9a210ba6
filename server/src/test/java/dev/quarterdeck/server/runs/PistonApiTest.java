package dev.quarterdeck.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestClient;
import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Piston's API as its clients use it. They send no credentials: in profile test the local user
/// answers for them.
class PistonApiTest {
  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
    client = server.client();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Map<String, Object> program(String language, String content) {
    Map<String, Object> request = new HashMap<>();
    request.put("language", language);
    request.put("version", "*");
    request.put("files", List.of(Map.of("name", "my_code", "content", content)));
    return request;
  }

  private static JsonNode execute(Map<String, Object> request)
      throws IOException, InterruptedException {
    return client.post("/api/v2/execute", request).expect(200).json();
  }

  @Test
  void runsAProgramWithInputAndArguments() throws IOException, InterruptedException {
    Map<String, Object> request =
        program("py", "import sys\nprint(sys.argv[1], input())\nsys.stderr.write('e\\n')");
    request.put("stdin", "typed");
    request.put("args", List.of("first"));

    JsonNode answer = execute(request);

    assertThat(answer.get("language").asString()).isEqualTo("python");
    assertThat(answer.has("compile")).isFalse();
    JsonNode run = answer.get("run");
    assertThat(run.get("stdout").asString()).isEqualTo("first typed\n");
    assertThat(run.get("stderr").asString()).isEqualTo("e\n");
    assertThat(run.get("output").asString()).contains("first typed\n", "e\n");
    assertThat(run.get("code").asInt()).isZero();
    assertThat(run.get("signal").isNull()).isTrue();
    assertThat(run.get("message").isNull()).isTrue();
    assertThat(run.get("status").isNull()).isTrue();
    assertThat(run.get("wall_time").asLong()).isPositive();
    assertThat(run.get("memory").isNumber()).isTrue();
  }

  @Test
  void tellsCompilerAndProgramApart() throws IOException, InterruptedException {
    JsonNode good =
        execute(program("c", "#include <stdio.h>\n#warning old\nint main(){puts(\"hi\");}"));
    assertThat(good.at("/compile/stderr").asString()).contains("old");
    assertThat(good.at("/compile/code").asInt()).isZero();
    assertThat(good.at("/run/stdout").asString()).isEqualTo("hi\n");
    assertThat(good.at("/run/stderr").asString()).isEmpty();

    JsonNode bad = execute(program("c", "int main("));
    assertThat(bad.at("/compile/code").asInt()).isEqualTo(1);
    assertThat(bad.at("/compile/status").asString()).isEqualTo("RE");
    assertThat(bad.has("run")).isFalse();
  }

  @Test
  void saysHowAProgramEnded() throws IOException, InterruptedException {
    assertThat(execute(program("bash", "exit 3")).at("/run/code").asInt()).isEqualTo(3);
    JsonNode killed = execute(program("bash", "kill -11 $$")).get("run");
    assertThat(killed.get("signal").asString()).isEqualTo("SIGSEGV");
    assertThat(killed.get("code").isNull()).isTrue();
    assertThat(killed.get("status").asString()).isEqualTo("SG");

    Map<String, Object> slow = program("bash", "echo begun; sleep 20");
    slow.put("run_timeout", 300);
    JsonNode timeout = execute(slow).get("run");
    assertThat(timeout.get("status").asString()).isEqualTo("TO");
    assertThat(timeout.get("signal").asString()).isEqualTo("SIGKILL");
    assertThat(timeout.get("stdout").asString()).isEqualTo("begun\n");
    assertThat(timeout.get("message").asString()).startsWith("wall time limit 300 ms");
  }

  @Test
  void listsRuntimesThatItsOwnRequestsAccept() throws IOException, InterruptedException {
    JsonNode runtimes = client.get("/api/v2/runtimes").expect(200).json();
    Optional<JsonNode> python =
        StreamSupport.stream(runtimes.spliterator(), false)
            .filter(each -> each.get("language").asString().equals("python"))
            .findFirst();
    assertThat(python).isPresent();
    assertThat(python.get().get("aliases").toString()).contains("\"py\"");
    Map<String, Object> request = program("python", "print(1)");
    request.put("version", python.get().get("version").asString());
    assertThat(execute(request).at("/run/stdout").asString()).isEqualTo("1\n");

    JsonNode packages = client.get("/api/v2/packages").expect(200).json();
    assertThat(packages.size()).isGreaterThan(runtimes.size());
    assertThat(packages.get(0).get("installed").isBoolean()).isTrue();
  }

  @Test
  void acceptsRangesOfVersionsAndRefusesUnknownOnes() throws IOException, InterruptedException {
    for (String range : List.of("*", "3.x", "3", "^3.0", ">=3.0 <4", "2.7 || 3.x", "3.x.x")) {
      Map<String, Object> request = program("python", "print(1)");
      request.put("version", range);
      assertThat(execute(request).at("/run/code").asInt()).as(range).isZero();
    }
    refused("python-2.7 runtime is unknown", "version", "2.7");
    refused("version is no range of versions: latest", "version", "latest");
    refused("cobol-* runtime is unknown", "language", "cobol");
  }

  @Test
  void refusesInPistonsWords() throws IOException, InterruptedException {
    refused("language is required as a string", "language", 7);
    refused("version is required as a string", "version", null);
    refused("files is required as an array", "files", List.of());
    refused("files[0].content is required as a string", "files", List.of(Map.of("name", "a")));
    refused(
        "files[0].encoding must be one of utf8, base64, hex",
        "files",
        List.of(Map.of("content", "", "encoding", "rot13")));
    refused(
        "files[0].content is not valid hex",
        "files",
        List.of(Map.of("content", "0", "encoding", "hex")));
    Map<String, String> main = Map.of("content", "print(1)");
    refused(
        "file name ../x is not allowed: expected a relative path without empty parts, . and ..",
        "files",
        List.of(main, Map.of("name", "../x", "content", "")));
    refused(
        "a file and a directory have the same name: d",
        "files",
        List.of(main, Map.of("name", "d/f", "content", ""), Map.of("name", "d", "content", "")));
    refused(
        "files[0].content is not UTF-8, as the program itself must be",
        "files",
        List.of(Map.of("content", "cHJpbnQo/yk=", "encoding", "base64")));
    refused("if specified, stdin must be a string", "stdin", 7);
    refused("args must be an array of strings without NUL", "args", List.of(7));
    refused("if specified, run_timeout must be a number", "run_timeout", "soon");
    refused("run_timeout must be positive", "run_timeout", 0);
    assertThat(message("run_timeout", 86_400_000))
        .startsWith("run_timeout cannot exceed the configured limit of ");
    assertThat(message("run_memory_limit", 1L << 50))
        .startsWith("run_memory_limit cannot exceed the configured limit of ");
    assertThat(message("run_memory_limit", 1000))
        .startsWith("run_memory_limit cannot be less than");
    assertThat(client.postText("/api/v2/execute", "text/plain", "{}").status()).isEqualTo(415);
    assertThat(client.postText("/api/v2/execute", "application/json", "[]").status())
        .isEqualTo(400);
    assertThat(client.postText("/api/v2/execute", "application/json", "{").status()).isEqualTo(400);
  }

  private static void refused(
      String expected, String field, @org.jspecify.annotations.Nullable Object value)
      throws IOException, InterruptedException {
    assertThat(message(field, value)).isEqualTo(expected);
  }

  private static String message(String field, @org.jspecify.annotations.Nullable Object value)
      throws IOException, InterruptedException {
    Map<String, Object> request = program("python", "print(1)");
    request.put(field, value);
    return client.post("/api/v2/execute", request).expect(400).json().get("message").asString();
  }

  @Test
  void wantsALoginInProduction() throws Exception {
    try (TestServer strict =
        TestServer.start(Map.of("SECRET_KEY", "k".repeat(40), "PROFILE", "production"))) {
      assertThat(strict.client().get("/api/v2/runtimes").status()).isEqualTo(401);
    }
  }
}
