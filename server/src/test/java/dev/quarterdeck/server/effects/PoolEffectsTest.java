package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.TestServer;
import org.junit.jupiter.api.Test;

/// How many sandboxes wait ready for programs.
class PoolEffectsTest {
  @Test
  @Observes({"SANDBOX_POOL_SIZE", "SANDBOX_POOL_MEMORY"})
  void soManySandboxesWait() throws Exception {
    assertThat(waiting()).isZero();
    try (TestServer none = TestServer.start("SANDBOX_POOL_SIZE=0")) {
      assertThat(none.user().run("python", "print(1)").get("stdout").asString()).isEqualTo("1\n");
      assertThat(waiting()).isZero();
    }
    try (TestServer three = TestServer.start("SANDBOX_POOL_SIZE=3")) {
      Until.holds("three wait", () -> waiting() == 3);
      assertThat(three.user().run("python", "print(2)").get("stdout").asString()).isEqualTo("2\n");
    }
    try (TestServer little = TestServer.start("SANDBOX_POOL_SIZE=3", "SANDBOX_POOL_MEMORY=20MiB")) {
      Until.holds("one waits", () -> waiting() == 1);
      assertThat(little.user().run("bash", "echo 3").get("stdout").asString()).isEqualTo("3\n");
      assertThat(waiting()).isEqualTo(1);
    }
  }

  /// Bubblewraps that this process started and that nobody uses.
  private static long waiting() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().filter(name -> name.endsWith("bwrap")).isPresent())
        .count();
  }
}
