package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the program is called, how it speaks, and where it keeps its files. Logs are those of the
/// program in a process of its own.
class CoreEffectsTest {
  @TempDir private Path directory;

  @Test
  @Observes({"LOG_FORMAT", "LOG_LEVEL", "PROJECT_NAME", "SERVICE_NAME", "SERVICE_VERSION"})
  void logsAsAskedAndInTheNameOfTheService() throws IOException, InterruptedException {
    try (Program one =
            new Program(
                directory.resolve("one"),
                Map.of(
                    "LOG_FORMAT", "json",
                    "PROJECT_NAME", "blue",
                    "SERVICE_NAME", "blue-service",
                    "SERVICE_VERSION", "1.1.1"));
        Program two =
            new Program(
                directory.resolve("two"),
                Map.of(
                    "LOG_FORMAT", "json",
                    "PROJECT_NAME", "green",
                    "SERVICE_NAME", "green-service",
                    "SERVICE_VERSION", "2.2.2"));
        Program three =
            new Program(
                directory.resolve("three"), Map.of("LOG_FORMAT", "text", "LOG_LEVEL", "ERROR"));
        Program four = new Program(directory.resolve("four"), Map.of("LOG_FORMAT", "text"))) {
      assertJson(one.stop(), "blue", "1.1.1");
      assertJson(two.stop(), "green", "2.2.2");
      assertThat(three.stop()).isEmpty();
      assertThat(four.stop())
          .anyMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z INFO .*: .*"));
    }
  }

  @Test
  @Observes("SANDBOX_MIN_LEVEL")
  void runsNothingBelowTheLevelAskedFor() throws Exception {
    List<String> withoutControlGroups =
        List.of("bwrap", "--dev-bind", "/", "/", "--tmpfs", "/sys/fs/cgroup", "--");
    try (Program two =
            new Program(
                directory.resolve("two"), Map.of("SANDBOX_MIN_LEVEL", "L2"), withoutControlGroups);
        Program three =
            new Program(
                directory.resolve("three"),
                Map.of("SANDBOX_MIN_LEVEL", "L3"),
                withoutControlGroups)) {
      assertThat(two.greeting()).contains("programs run in the sandbox, level L2");
      assertThat(three.greeting())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("no program may run on this host: ")
                      .contains("level: L2 (SANDBOX_MIN_LEVEL demands L3)")
                      .endsWith("(quarterdeck doctor says more)"));
    }
  }

  private static void assertJson(List<String> log, String project, String version) {
    assertThat(log).isNotEmpty();
    for (String text : log) {
      JsonNode line = JsonMapper.shared().readTree(text);
      assertThat(line.get("project").asString()).isEqualTo(project);
      assertThat(line.get("service").asString()).isEqualTo(project + "-service");
      assertThat(line.get("version").asString()).isEqualTo(version);
    }
  }

  @Test
  @Observes({"DATA_DIR", "DATABASE_NAME"})
  void keepsItsFilesWhereAskedUnderTheNameAsked() throws Exception {
    Path elsewhere = directory.resolve("else where");
    try (TestServer usual = TestServer.startIn(directory);
        TestServer other =
            TestServer.startIn(directory, "DATA_DIR=" + elsewhere, "DATABASE_NAME=team")) {
      usual.user().get("/api/v1/auth/me").expect(200);
      other.user().get("/api/v1/auth/me").expect(200);
      assertThat(databases(directory.resolve("data")))
          .contains("integr8scode_db.db")
          .noneMatch(name -> name.startsWith("team"));
      assertThat(databases(elsewhere))
          .contains("team.db")
          .noneMatch(name -> name.startsWith("integr8scode_db"));
    }
  }

  private static List<String> databases(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  @Observes("PROFILE")
  void theProfileDecidesWhatIsSeeded() throws Exception {
    try (TestServer test = TestServer.start();
        TestServer production =
            TestServer.start(
                Map.of(
                    "PROFILE", "production",
                    "SECRET_KEY", "a key for production of 40 characters..."))) {
      assertThat(test.client().tryLogin("admin", "admin123").status()).isEqualTo(200);
      assertThat(production.client().tryLogin("admin", "admin123").status()).isEqualTo(401);
      assertThat(test.client().get("/api/config").status()).isEqualTo(200);
      assertThat(production.client().get("/api/config").status()).isEqualTo(401);
    }
  }
}
