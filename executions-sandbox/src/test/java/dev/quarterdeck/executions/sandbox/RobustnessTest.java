package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SandboxReport;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessTest {
  private static final RunLimits LONG =
      new RunLimits(
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          128L << 20,
          1000,
          64,
          1 << 20,
          1 << 20,
          100,
          1 << 20);

  private static final String DAEMONS =
      """
      import os, time
      for i in range(5):
          if os.fork() == 0:
              os.setsid()
              if os.fork() == 0: time.sleep(600)
              os._exit(0)
      print("ready", flush=True)
      time.sleep(600)
      """;

  @TempDir Path directory;

  private static SandboxFixture.Gathered started(SandboxFixture fixture, Sandbox.Run[] run)
      throws SandboxException {
    SandboxFixture.Gathered output = new SandboxFixture.Gathered();
    run[0] = fixture.sandbox.start(SandboxFixture.order("python", DAEMONS, LONG), output);
    output.awaitStdout("ready\n");
    return output;
  }

  @Test
  void cancelEndsEveryProcessWithinASecondAndKeepsTheOutput() throws SandboxException {
    try (SandboxFixture fixture = new SandboxFixture(directory.resolve("w"))) {
      Sandbox.Run[] run = new Sandbox.Run[1];
      SandboxFixture.Gathered output = started(fixture, run);
      assertThat(ProcessHandle.current().descendants().count()).isGreaterThanOrEqualTo(8);
      run[0].cancel();
      run[0].cancel();
      RunResult result = SandboxFixture.await(run[0]);
      assertThat(result.verdict()).isEqualTo(Verdict.CANCELLED);
      assertThat(SandboxFixture.processes()).isZero();
      assertThat(output.stdout.toString(java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("ready\n");
    }
  }

  @Test
  void cancelAfterTheEndChangesNothing() throws SandboxException {
    try (SandboxFixture fixture = new SandboxFixture(directory.resolve("w"))) {
      Sandbox.Run run =
          fixture.sandbox.start(
              SandboxFixture.order("bash", "exit 3", LONG), new SandboxFixture.Gathered());
      SandboxFixture.await(run);
      run.cancel();
      assertThat(SandboxFixture.await(run).verdict()).isEqualTo(Verdict.FAILED);
    }
  }

  @Test
  void closeEndsWhatRunsAndRefusesMore() throws SandboxException, IOException {
    SandboxFixture fixture = new SandboxFixture(directory.resolve("w"));
    Sandbox.Run[] run = new Sandbox.Run[1];
    started(fixture, run);
    fixture.close();
    assertThat(SandboxFixture.await(run[0]).verdict()).isEqualTo(Verdict.SANDBOX_ERROR);
    assertThat(SandboxFixture.await(run[0]).evidence()).isEqualTo("the sandbox was closed");
    assertThat(ProcessHandle.current().descendants().count()).isZero();
    try (Stream<Path> left = Files.list(directory.resolve("w"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsOnly("lock", "filter", "zygote-options");
    }
    assertThatThrownBy(() -> fixture.run("bash", "echo 1"))
        .isInstanceOf(SandboxException.class)
        .hasMessage("the sandbox is closed: the server is stopping");
  }

  @Test
  void interruptOfTheWaiterLeavesTheRunAlone() throws SandboxException, InterruptedException {
    try (SandboxFixture fixture = new SandboxFixture(directory.resolve("w"))) {
      Sandbox.Run[] run = new Sandbox.Run[1];
      started(fixture, run);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> run[0].await()).isInstanceOf(InterruptedException.class);
      run[0].cancel();
      assertThat(run[0].await().verdict()).isEqualTo(Verdict.CANCELLED);
    }
  }

  @Test
  void saysWhatToInstallWhenBubblewrapIsMissing() {
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(directory.resolve("w"), "L2", 2)
            .withBubblewrap(Path.of("/nonexistent/bwrap"));
    try (LocalSandbox sandbox = LocalSandbox.open(settings)) {
      SandboxReport report = sandbox.report();
      assertThat(report.mayRun()).isFalse();
      assertThat(report.level()).isEqualTo("none");
      assertThat(report.findings())
          .filteredOn(finding -> !finding.ok())
          .extracting(SandboxReport.Finding::remedy)
          .contains("apt-get install bubblewrap");
      assertThatThrownBy(
              () ->
                  sandbox.start(
                      SandboxFixture.order("bash", "", LONG), new SandboxFixture.Gathered()))
          .isInstanceOf(SandboxException.class)
          .hasMessageStartingWith(
              "this machine cannot run code safely, so it runs none: bubblewrap");
    }
  }

  @Test
  void saysWhatToInstallWhenBubblewrapVanishesWhileServing() throws IOException, SandboxException {
    Path place = Files.createTempDirectory(Path.of("/tmp"), "quarterdeck-bwrap");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path copy = Files.copy(Path.of("/usr/bin/bwrap"), place.resolve("bwrap"));
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(directory.resolve("w"), "L2", 2).withBubblewrap(copy);
    try (SandboxFixture fixture = new SandboxFixture(settings)) {
      assertThat(fixture.run("bash", "echo 1").stdout()).isEqualTo("1\n");
      Files.delete(copy);
      assertThatThrownBy(() -> fixture.run("bash", "echo 1"))
          .isInstanceOf(SandboxException.class)
          .hasMessage(copy + " is not there any more: apt-get install bubblewrap");
      assertThat(fixture.sandbox.places()).isEmpty();
      Files.copy(Path.of("/usr/bin/false"), copy);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
      RunResult broken = fixture.run("bash", "echo 1").result();
      assertThat(broken.verdict()).isEqualTo(Verdict.SANDBOX_ERROR);
      assertThat(broken.evidence()).contains("exit code 1 before the program did");
      assertThat(fixture.sandbox.places()).isEmpty();
    } finally {
      RootDirectory.delete(place);
    }
  }

  @Test
  void refusesAFileWithTheNameOfTheProgram() {
    RunOrder order =
        new RunOrder(
            "test",
            "python",
            "",
            new byte[0],
            List.of(new SourceFile("main.py", new byte[0])),
            List.of(),
            new byte[0],
            Map.of(),
            RunOrder.USUAL_COMPILE_TIME,
            LONG);
    try (SandboxFixture fixture = new SandboxFixture(directory.resolve("w"))) {
      assertThatThrownBy(() -> fixture.run(order))
          .isInstanceOf(SandboxException.class)
          .hasMessage("file name: main.py (expected: another, this is the program's own)");
      assertThat(fixture.sandbox.places()).isEmpty();
    }
  }

  @Test
  void refusesASecondSandboxOnTheSameDirectory() {
    LocalSandboxSettings settings = LocalSandboxSettings.of(directory.resolve("w"), "L2", 2);
    try (SandboxFixture first = new SandboxFixture(settings);
        LocalSandbox secondOne = LocalSandbox.open(settings)) {
      assertThat(first.sandbox.report().mayRun()).isTrue();
      assertThat(secondOne.report().mayRun()).isFalse();
      assertThat(secondOne.report().findings().getLast().detail())
          .endsWith("is in use by another server");
    }
  }

  @Test
  void runsBelowADirectoryThatNobodyElseMayEnter() throws IOException, SandboxException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    try (SandboxFixture fixture = new SandboxFixture(closed.resolve("w"))) {
      assertThat(fixture.run("bash", "echo inside").stdout()).isEqualTo("inside\n");
    }
  }

  @Test
  void failureOfTheReceiverEndsTheRun() throws SandboxException {
    try (SandboxFixture fixture = new SandboxFixture(directory.resolve("w"))) {
      Sandbox.Run run =
          fixture.sandbox.start(
              SandboxFixture.order("bash", "while :; do echo x; done", LONG),
              (stderr, bytes, offset, length) -> {
                throw new IllegalStateException("disk full");
              });
      RunResult result = SandboxFixture.await(run);
      assertThat(result.verdict()).isEqualTo(Verdict.SANDBOX_ERROR);
      assertThat(result.evidence()).contains("the receiver of the output failed");
    }
  }

  @Test
  @Tag("slow")
  void threeHundredRunsLeaveNothing() throws SandboxException, IOException {
    Path work = directory.resolve("w");
    // Users of its own: another sandbox of this machine may run programs meanwhile.
    try (SandboxFixture fixture =
        new SandboxFixture(
            LocalSandboxSettings.of(work, "L2", 2).withFirstUserId(AbuseSuite.firstUserId()))) {
      fixture.run("bash", "echo warm");
      LocalSandboxSettings settings = fixture.sandbox.settings();
      HostState before = HostState.now(settings);
      long descriptors = descriptors();
      for (int i = 0; i < 300; i++) {
        assertThat(fixture.run("bash", "echo " + i).stdout()).isEqualTo(i + "\n");
      }
      assertThat(HostState.now(settings)).isEqualTo(before);
      assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 5);
      try (Stream<Path> runs = Files.list(work.resolve("runs"))) {
        assertThat(runs).isEmpty();
      }
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  @Test
  void saysThatTheDiskOfTheHostIsTheTroubleAndWorksAgainAfterwards()
      throws IOException, SandboxException {
    Path place = directory.resolve("disk trouble");
    try (SandboxFixture own = new SandboxFixture(place)) {
      Path runs = place.resolve("runs");
      Files.delete(runs);
      Files.writeString(runs, "in the way");
      assertThatThrownBy(() -> own.run("bash", "echo x"))
          .isInstanceOf(SandboxException.class)
          .hasMessageContaining("could not be started")
          .hasMessageContaining("check the disk and the permissions of");
      Files.delete(runs);
      Files.createDirectory(runs);
      for (int i = 0; i < 10; i++) {
        assertThat(own.run("bash", "echo again").stdout()).isEqualTo("again\n");
      }
      try (java.util.stream.Stream<Path> left = Files.list(runs)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void whatTriesTheSandboxItselfIsNoRunOfAnExecution(@TempDir Path place) {
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(place.resolve("tried"), "L2", 1).withZygotes(1);
    try (LocalSandbox sandbox = LocalSandbox.open(settings)) {
      CompletableFuture<Void> ready = CompletableFuture.runAsync(sandbox::awaitReady);
      Set<String> seen = new HashSet<>();
      while (!ready.isDone()) {
        seen.addAll(sandbox.places());
      }
      assertThat(seen).isEmpty();
    }
  }
}
