package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.SandboxReport.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Level L1, as an ordinary user in a JVM of his own. Where the kernel has no Landlock that is
/// enough, each test sees instead that nothing runs and that the reason is told.
@Tag("slow")
class LandlockTest {
  /// Takes user namespaces away for good, as a container does, and all that it took to do so.
  private static final String WITHOUT_NAMESPACES =
      """
      if unshare --map-current-user true; then
        exec unshare --map-current-user --keep-caps sh -c '
          echo 0 >/proc/sys/user/max_user_namespaces
          exec setpriv --ambient-caps=-all --inh-caps=-all "$@"' sh "$@"
      fi
      exec "$@"
      """;

  @TempDir Path directory;

  private static boolean possible() {
    try {
      return Landlock.abi() >= Landlock.LEAST_ABI;
    } catch (IOException none) {
      System.out.println("level L1 not tried: " + none.getMessage());
      return false;
    }
  }

  /// Runs the guest to its end.
  private static String guest(String what, String minimum, String how, String... around)
      throws IOException, InterruptedException {
    try (OrdinaryUser user = new OrdinaryUser()) {
      return user.await(
          user.start(
              List.of(around), LandlockGuest.class, what, user.home().toString(), minimum, how));
    }
  }

  private static void assertRefused(String said) {
    assertThat(said)
        .contains("level none")
        .contains("finding Finding[name=landlock, ok=false")
        .contains("boot Linux 6.12 or newer")
        .contains("the end");
  }

  @Test
  void keepsWhatARunPromises() throws IOException, InterruptedException {
    String said = guest("contract", "L1", "forced");
    if (!possible()) {
      assertRefused(said);
      return;
    }
    assertThat(said)
        .contains("level L1", "kept python", "kept node", "kept nothing on disk", "the end")
        .doesNotContain("BROKEN");
  }

  @Test
  void containsHostileProgramsOrSaysWhyNot() throws IOException, InterruptedException {
    String said = guest("abuse", "L1", "forced");
    if (!possible()) {
      assertRefused(said);
      return;
    }
    assertThat(said.lines().filter(line -> line.startsWith("FAILED"))).isEmpty();
    assertThat(said).contains("level L1", "failed=0, open=1, skipped=0, failures=[]", "the end");
    List<HostileProgram> programs = HostilePrograms.all(Architecture.host().orElseThrow(), false);
    assertThat(said.lines().filter(line -> line.startsWith("held "))).hasSize(programs.size());
    for (HostileProgram program : programs) {
      if (!program.open().isEmpty()) {
        assertThat(said).contains(" open: " + program.open());
      }
    }
  }

  @Test
  void aProgramEscapesWhenOneDefenceIsOffAndOnlyThen() throws IOException, InterruptedException {
    String said;
    try (OrdinaryUser user = new OrdinaryUser()) {
      said = user.await(user.start(List.of(), LandlockControls.class, user.home().toString()));
    }
    if (!possible()) {
      assertThat(said).contains("landlock_create_ruleset");
      return;
    }
    assertThat(said)
        .contains("read without nothing: contained PermissionError")
        .contains("read without places: ESCAPED", "read without files: ESCAPED")
        .contains("write without nothing: contained PermissionError")
        .contains("write without places: ESCAPED", "write without files: ESCAPED")
        .contains("look into the server without nothing: contained PermissionError")
        .contains("look into the server without files: ESCAPED")
        .contains("connect without nothing: contained", "connect without filter: contained")
        .contains("connect without filter and ports: ESCAPED")
        .contains("signal without nothing: contained PermissionError")
        .contains("signal without scopes: ESCAPED")
        .contains("shared memory without nothing: contained")
        .contains("shared memory without filter: ESCAPED")
        .contains("the end")
        .doesNotContain("not tried");
  }

  @Test
  void namesInTheDocumentationWhatIsNotContained() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "security.md"));
    List<HostileProgram> open =
        HostilePrograms.all(Architecture.host().orElseThrow(), false).stream()
            .filter(program -> !program.open().isEmpty())
            .toList();
    assertThat(open).isNotEmpty();
    assertThat(open).allMatch(program -> page.contains("`" + program.name() + "`"));
  }

  @Test
  void isReachedWhereAContainerForbidsNamespaces() throws IOException, InterruptedException {
    String said = guest("nothing", "L1", "open", "/bin/sh", "-c", WITHOUT_NAMESPACES, "sh");
    if (!possible()) {
      assertRefused(said);
      return;
    }
    assertThat(said).contains("level L1", "nothing was asked");
    assertThat(said).contains("finding Finding[name=user namespaces, ok=false");
  }

  @Test
  void runsNothingUnlessItIsAllowed() throws IOException, InterruptedException {
    String said = guest("nothing", "L2", "forced");
    if (!possible()) {
      assertRefused(said);
      return;
    }
    assertThat(said)
        .contains("level none")
        .contains("detail=L1 (SANDBOX_MIN_LEVEL demands L2)")
        .contains("or set SANDBOX_MIN_LEVEL=L1")
        .doesNotContain("nothing was asked");
  }

  @Test
  void isNotForRoot() {
    LocalSandboxSettings settings = LandlockGuest.settings(directory, "L1");
    try (LocalSandbox sandbox = LocalSandbox.openWithoutNamespaces(settings)) {
      if (!HostProbe.isRoot()) {
        assertThat(sandbox.report().level()).isEqualTo(possible() ? "L1" : "none");
        return;
      }
      assertThat(sandbox.report().mayRun()).isFalse();
      assertThat(sandbox.report().findings())
          .contains(
              new Finding(
                  "landlock",
                  false,
                  "level L1 is not for root, whose programs it could not hold",
                  "run the server as an ordinary user"));
    }
  }

  @Test
  void leavesNoProcessWhenTheServerIsKilled() throws IOException, InterruptedException {
    try (OrdinaryUser user = new OrdinaryUser()) {
      String home = user.home().toString();
      Process server = user.start(List.of(), LandlockGuest.class, "daemons", home, "L1", "forced");
      if (!possible()) {
        assertRefused(user.await(server));
        return;
      }
      long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
      while (!user.said().contains("ready") && server.isAlive() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      assertThat(user.said()).contains("ready");
      List<ProcessHandle> inside = server.descendants().toList();
      assertThat(inside).hasSizeGreaterThanOrEqualTo(5);

      server.destroyForcibly().waitFor();

      deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (inside.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      assertThat(inside).noneMatch(ProcessHandle::isAlive);
    }
  }
}
