package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who cancels or signals a run that has ended reaches nobody, although another user's run is in
/// the same place by then.
class LateCancelTest {
  @TempDir Path directory;

  @Test
  void reachesNoRunThatCameAfter() throws SandboxException {
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(directory.resolve("w"), "L2", 1).withZygotes(1);
    try (SandboxFixture fixture = new SandboxFixture(settings)) {
      Sandbox.Run first =
          fixture.sandbox.start(
              SandboxFixture.order("python", "print(1)", SandboxFixture.LIMITS),
              new SandboxFixture.Gathered());
      assertThat(SandboxFixture.await(first).verdict()).isEqualTo(Verdict.COMPLETED);
      assertThat(fixture.sandbox.idleProcesses()).isNotEmpty();
      SandboxFixture.Gathered output = new SandboxFixture.Gathered();
      Sandbox.Run second =
          fixture.sandbox.start(
              SandboxFixture.order(
                  "python",
                  "import time; print('ready', flush=True); time.sleep(0.5); print('whole')",
                  SandboxFixture.LIMITS),
              output);
      output.awaitStdout("ready");
      first.cancel();
      assertThat(first.signal(9)).isFalse();
      assertThat(SandboxFixture.await(second).verdict()).isEqualTo(Verdict.COMPLETED);
      assertThat(fixture.sandbox.servedAhead()).isEqualTo(2);
      output.awaitStdout("whole");
    }
  }
}
