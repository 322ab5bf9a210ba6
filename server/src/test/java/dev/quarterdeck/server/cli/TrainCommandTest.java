package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainCommandTest {
  @Test
  void runsProgramsInAServerOfItsOwn() {
    Outcome outcome = Outcome.of("train", "--runs", "4");

    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.text()).isEqualTo("ran 4 programs\n");
  }

  @Test
  void refusesToRunNone() {
    Outcome outcome = Outcome.of("train", "--runs", "0");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.stderr()).contains("--runs: 0 (expected: 1 or more)");
  }
}
