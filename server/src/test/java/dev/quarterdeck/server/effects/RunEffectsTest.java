package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What one run may use at most, by settings.
class RunEffectsTest {
  private static TestServer tight;
  private static TestServer wide;

  @BeforeAll
  static void start() throws Exception {
    tight =
        TestServer.start(
            "RUN_MAX_CPU_TIME=300ms",
            "RUN_MAX_PROCESSES=6",
            "RUN_MAX_FILE_SIZE=50kB",
            "RUN_MAX_DISK=200kB",
            "RUN_MAX_FILES=20",
            "RUN_MAX_OUTPUT_FILES=2",
            "RUN_MAX_OUTPUT_FILES_SIZE=1kB",
            "RUN_MAX_CASES=2");
    wide = TestServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    tight.close();
    wide.close();
  }

  private static String verdict(TestServer server, String script)
      throws IOException, InterruptedException {
    return server.user().run("python", script).get("verdict").asString();
  }

  @Test
  @Observes("RUN_MAX_CPU_TIME")
  void endsProgramsThatComputeTooLong() throws IOException, InterruptedException {
    String script = "import time\nwhile time.process_time() < 0.8: pass\n";
    assertThat(verdict(tight, script)).isEqualTo("cpu_time_limit");
    assertThat(verdict(wide, script)).isEqualTo("completed");
  }

  @Test
  @Observes("RUN_MAX_PROCESSES")
  void refusesProgramsFurtherProcesses() throws IOException, InterruptedException {
    String script = "import os, signal\nfor i in range(20):\n  if os.fork() == 0: signal.pause()\n";
    assertThat(verdict(tight, script)).isEqualTo("process_limit");
    assertThat(verdict(wide, script)).isEqualTo("completed");
  }

  @Test
  @Observes({"RUN_MAX_FILE_SIZE", "RUN_MAX_DISK"})
  void refusesProgramsSpaceForTheirFiles() throws IOException, InterruptedException {
    String one = "open('f', 'wb').write(b'x' * 100000)";
    assertThat(verdict(tight, one)).isEqualTo("failed");
    assertThat(verdict(wide, one)).isEqualTo("completed");
    String many = "for i in range(15): open(str(i), 'wb').write(b'x' * 20000)";
    assertThat(verdict(tight, many)).isEqualTo("disk_limit");
    assertThat(verdict(wide, many)).isEqualTo("completed");
  }

  @Test
  @Observes("RUN_MAX_FILES")
  void endsProgramsThatMakeTooManyFiles() throws IOException, InterruptedException {
    String script = "import time\nfor i in range(50): open(str(i), 'w')\ntime.sleep(2)\n";
    assertThat(verdict(tight, script)).isEqualTo("disk_limit");
    assertThat(verdict(wide, script)).isEqualTo("completed");
  }

  @Test
  @Observes({"RUN_MAX_OUTPUT_FILES", "RUN_MAX_OUTPUT_FILES_SIZE"})
  void handsBackSoManyFilesOfSuchASize() throws IOException, InterruptedException {
    Map<String, Object> request =
        Map.of(
            "script",
            "import os\nos.mkdir('o')\nfor i in range(4): open('o/%d' % i, 'w').write('x' * 400)\n"
                + "open('large', 'w').write('x' * 2000)\n",
            "output_files",
            List.of("o", "large"));
    assertThat(waited(wide, request).get("files").size()).isEqualTo(5);
    JsonNode few = waited(tight, request);
    assertThat(few.get("files").size()).isEqualTo(2);
    assertThat(few.get("files_omitted").toString())
        .contains("large", "2000 bytes (expected: at most 1000 for all files)", "too many files");
  }

  @Test
  @Observes("RUN_MAX_CASES")
  void runsSoManyCases() throws IOException, InterruptedException {
    Map<String, Object> request =
        Map.of("script", "print(1)", "cases", List.of(Map.of(), Map.of(), Map.of()));
    assertThat(waited(wide, request).get("cases").size()).isEqualTo(3);
    assertThat(tight.user().post("/api/v1/execute", request).expect(422).text())
        .contains("List should have at most 2 items");
  }

  @Test
  @Observes("RUN_COMPILE_CACHE_SIZE")
  void keepsWhatCompilersMade() throws Exception {
    Map<String, Object> request = Map.of("lang", "c", "script", "int main(void){return 0;}");
    waited(wide, request);
    assertThat(waited(wide, request).at("/compile/cached").asBoolean()).isTrue();
    try (TestServer none = TestServer.start("RUN_COMPILE_CACHE_SIZE=0")) {
      waited(none, request);
      assertThat(waited(none, request).at("/compile/cached").asBoolean()).isFalse();
    }
  }

  private static JsonNode waited(TestServer server, Map<String, Object> request)
      throws IOException, InterruptedException {
    return server.user().post("/api/v1/execute?wait=true", request).expect(200).json();
  }

  @Test
  @Observes({
    "RUN_MAX_CPU_TIME",
    "RUN_MAX_PROCESSES",
    "RUN_MAX_FILE_SIZE",
    "RUN_MAX_DISK",
    "RUN_MAX_FILES"
  })
  void namesTheGreatestLimitsToWhoeverAsksForMore() throws IOException, InterruptedException {
    Map<String, Integer> greatest =
        Map.of(
            "cpu_time_ms", 300,
            "processes", 6,
            "file_bytes", 50_000,
            "disk_bytes", 200_000,
            "files", 20);
    for (Map.Entry<String, Integer> each : greatest.entrySet()) {
      Map<String, Object> request =
          Map.of("script", "x", "limits", Map.of(each.getKey(), each.getValue() + 1));
      JsonNode refused = tight.user().post("/api/v1/execute", request).expect(422).json();
      assertThat(refused.at("/detail/0/msg").asString())
          .isEqualTo("Input should be less than or equal to " + each.getValue());
      assertThat(wide.user().post("/api/v1/execute", request).status()).isEqualTo(200);
    }
  }
}
