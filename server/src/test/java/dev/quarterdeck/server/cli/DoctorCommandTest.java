package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
  @Test
  void showsEveryFindingAndEveryLanguage() {
    Outcome outcome = Outcome.of("doctor");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.text())
        .contains("bubblewrap: ")
        .contains("self-test: ")
        .containsPattern("pool of sandboxes: (\\d+ ready|off: )")
        .containsPattern("pool of runtimes: (\\d+ ready|off: )")
        .containsPattern("python +3\\.")
        .contains("Programs may run, at sandbox level L");
  }

  @Test
  void namesTheCommandThatInstallsWhatIsMissing() {
    JsonNode json = JsonMapper.shared().readTree(Outcome.of("doctor", "--json").text());
    assertThat(json.get("may_run").asBoolean()).isTrue();
    assertThat(
            StreamSupport.stream(json.get("languages").spliterator(), false)
                .filter(language -> !language.get("active").asBoolean())
                .map(language -> language.get("reason").asString()))
        .isNotEmpty()
        .allMatch(reason -> reason.contains("apt-get install") || reason.contains("memory"));
  }

  @Test
  void saysTheSameByExitCodeAndByTextWhenALevelIsDemanded() {
    Outcome outcome =
        Outcome.of(
            "doctor",
            "--set",
            "SANDBOX_MIN_LEVEL=L3",
            "--set",
            "K8S_POD_MEMORY_LIMIT=64Mi",
            "--set",
            "K8S_POD_MEMORY_REQUEST=64Mi");
    assertThat(outcome.exitCode()).isIn(0, ExitCode.UNAVAILABLE);
    assertThat(outcome.exitCode() == 0)
        .isEqualTo(outcome.text().contains("Programs may run, at sandbox level L3"));
  }
}
