package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SelfTestReportTest {
  @Test
  void triesHostileProgramsAndSaysHowEachEnded() {
    Outcome outcome = Outcome.of("doctor", "--self-test=forgeries");
    assertThat(outcome.text())
        .contains("contained forgeries: forged report (failed, exit code 3 (wait status))")
        .containsPattern(
            "2 hostile programs at sandbox level L[123]: 2 contained, 0 failed, 0 skipped")
        .contains("Everything that was tried was contained.");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void saysTheSameAsJson() {
    Outcome outcome = Outcome.of("doctor", "--json", "--self-test=forgeries");
    JsonNode json = JsonMapper.shared().readTree(outcome.text());
    assertThat(json.get("summary").get("programs").asInt()).isEqualTo(2);
    assertThat(json.get("attempts").get(1).get("failures")).isEmpty();
  }

  @Test
  void refusesAFamilyThatIsNotThereAndListsThose() {
    Outcome outcome = Outcome.of("doctor", "--self-test=fire");
    assertThat(outcome.stderr()).contains("--self-test: fire (expected: nothing, or one of ");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
