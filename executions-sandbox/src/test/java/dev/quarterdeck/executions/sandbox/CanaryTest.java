package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SandboxReport.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The self-test at start notices a defence that is not there, and then nothing runs.
class CanaryTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      names = {
        "SECCOMP",
        "CAPABILITIES",
        "PROCESSES",
        "NETWORK",
        "USER_ID",
        "HOST_FILES",
        "UNREADABLE_STAGE",
        "CLOSED_DESCRIPTORS"
      })
  void runsNothingWhenADefenceIsMissing(Defence defence) throws IOException {
    try (StandIn bubblewrap = StandIn.make()) {
      bubblewrap.leaveOut(Set.of(defence));
      LocalSandboxSettings settings =
          LocalSandboxSettings.of(directory.resolve("work"), "L1", 2)
              .withBubblewrap(bubblewrap.path());
      try (LocalSandbox sandbox = LocalSandbox.open(settings)) {
        assertThat(sandbox.report().mayRun()).as(sandbox.report().toString()).isFalse();
        assertThat(sandbox.report().findings())
            .filteredOn(finding -> !finding.ok())
            .extracting(Finding::name)
            .contains("self-test");
        assertThatThrownBy(
                () ->
                    sandbox.start(
                        SandboxFixture.order("bash", "echo 1", SandboxFixture.LIMITS),
                        new SandboxFixture.Gathered()))
            .isInstanceOf(SandboxException.class)
            .hasMessageStartingWith("this machine cannot run code safely, so it runs none: ");
      }
    }
  }
}
