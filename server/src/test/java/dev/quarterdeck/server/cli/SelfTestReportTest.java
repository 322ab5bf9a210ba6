package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SelfTestReportTest {
  @Test
  @Tag("slow")
  void triesEveryHostileProgramAndSaysHowEachEnded() {
    Outcome outcome = Outcome.of("doctor", "--self-test");
    assertThat(outcome.text())
        .contains("contained processes: fork bomb (process_limit, process limit 32")
        .contains("contained kernel: keyrings (completed, exit code 0 (wait status))")
        .doesNotContain("FAILED")
        .containsPattern("\\d\\d hostile programs at sandbox level L[123]: \\d\\d contained, 0 failed")
        .contains("Everything that was tried was contained.");
    assertThat(outcome.exitCode()).isZero();
  }
}
