package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SandboxReport;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a sandbox that starts cold must do, whatever starts it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ColdLauncherContract {
  private SandboxFixture fixture;

  abstract LocalSandbox open(LocalSandboxSettings settings);

  /// What is found of the launcher.
  abstract String launcher();

  @BeforeAll
  void openSandbox(@TempDir Path directory) {
    fixture =
        new SandboxFixture(open(LocalSandboxSettings.of(directory.resolve("with space"), "L2", 4)));
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Test
  void saysWhatStartsSandboxesAndWhy() {
    assertThat(fixture.sandbox.report().findings())
        .filteredOn(finding -> finding.name().equals("launcher"))
        .extracting(SandboxReport.Finding::detail)
        .containsExactly(launcher());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void handsOverWhatGoesInAndWhatComesOut() throws SandboxException {
    SandboxFixture.Outcome outcome =
        fixture.run(
            new RunOrder(
                "files",
                "c",
                "",
                bytes(
                    """
                    #include <stdio.h>
                    #include <stdlib.h>
                    #include "answer.h"
                    int main(int n, char **a) {
                      char line[99]; fgets(line, 99, stdin);
                      fputs("written", fopen("result", "w"));
                      printf("%d %s %s %s", ANSWER, a[1], getenv("V"), line);
                      fprintf(stderr, "errors");
                      return 7;
                    }
                    """),
                List.of(new SourceFile("answer.h", bytes("#define ANSWER 42\n"))),
                List.of("two words"),
                bytes("input\n"),
                Map.of("V", "it's"),
                RunOrder.USUAL_COMPILE_TIME,
                SandboxFixture.LIMITS,
                new FilesOut(List.of("result"), 1, 100),
                false,
                ""));
    assertThat(outcome.stdout()).isEqualTo("42 two words it's input\n");
    assertThat(outcome.stderr()).isEqualTo("errors");
    assertThat(outcome.result().exitCode()).hasValue(7);
    assertThat(outcome.result().files().toString()).contains("result");
  }

  @Test
  void letsTheProgramOpenItsStreamsByNameAndDieFirst() throws SandboxException {
    SandboxFixture.Outcome outcome =
        fixture.run(
            "bash",
            "echo out >/dev/stdout; echo errors >/dev/stderr; cat </dev/stdin; pwd\n"
                + "cat /proc/self/oom_score_adj /proc/1/oom_score_adj; exit 3");
    assertThat(outcome.stdout()).isEqualTo("out\n/tmp\n1000\n1000\n");
    assertThat(outcome.stderr()).isEqualTo("errors\n");
    assertThat(outcome.result().exitCode()).hasValue(3);
  }

  @Test
  void leavesNoDescriptorOfTheServerInTheSandbox(@TempDir Path directory)
      throws SandboxException, IOException {
    Path open = Files.writeString(directory.resolve("open in the server"), "secret");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var file = Files.newByteChannel(open);
        var selector = java.nio.channels.Selector.open()) {
      assertThat(listener.isBound() && file.isOpen() && selector.isOpen()).isTrue();
      SandboxFixture.Gathered output = new SandboxFixture.Gathered();
      Sandbox.Run run =
          fixture.sandbox.start(
              SandboxFixture.order(
                  "bash", "ls /proc/self/fd; echo begun; kill -STOP $$", SandboxFixture.LIMITS),
              output);
      output.awaitStdout("begun");
      List<Path> links = new ArrayList<>();
      for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
        links.addAll(links(process.pid()));
      }
      run.cancel();
      SandboxFixture.await(run);
      assertThat(output.stdout.toString(StandardCharsets.UTF_8)).isEqualTo("0\n1\n2\n3\nbegun\n");
      assertThat(links)
          .isNotEmpty()
          .map(Path::toString)
          .allMatch(
              link ->
                  link.matches(
                      "pipe:\\[\\d+]|anon_inode:\\[(eventfd|signalfd)]|/dev/null|/box/.*"
                          + "|.*/(log|report)"));
    }
  }

  /// What a process has open, as far as this user may see it.
  private static List<Path> links(long pid) {
    List<Path> links = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path each : all) {
        links.add(Files.readSymbolicLink(each));
      }
    } catch (IOException | DirectoryIteratorException gone) {
      return links;
    }
    return links;
  }

  @Test
  void endsWhatIsKilledAndLeavesNeitherZombiesNorDescriptors()
      throws SandboxException, IOException {
    String daemons =
        """
        import os, signal, time
        for i in range(3):
            if os.fork() == 0: os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print('begun', flush=True)
        while True: time.sleep(1)
        """;
    fixture.run("bash", "echo warm");
    long before = descriptors();
    for (int i = 0; i < 5; i++) {
      SandboxFixture.Gathered output = new SandboxFixture.Gathered();
      Sandbox.Run run =
          fixture.sandbox.start(
              SandboxFixture.order("python", daemons, SandboxFixture.LIMITS), output);
      output.awaitStdout("begun");
      run.cancel();
      assertThat(SandboxFixture.await(run).verdict()).isEqualTo(Verdict.CANCELLED);
      assertThat(fixture.run("bash", "kill -9 $$").result().signal()).hasValue(9);
      assertThat(fixture.run("bash", "yes").result().verdict()).isEqualTo(Verdict.OUTPUT_LIMIT);
    }
    assertThat(zombies()).isEmpty();
    assertThat(descriptors()).isLessThan(before + 5);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  private static List<String> zombies() {
    return ProcessHandle.current()
        .children()
        .map(child -> stat(child.pid()))
        .filter(stat -> stat.contains(") Z "))
        .toList();
  }

  private static String stat(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/stat"));
    } catch (IOException gone) {
      return "";
    }
  }

  @Test
  void saysWhyASandboxDidNotStart(@TempDir Path directory) throws SandboxException, IOException {
    Path broken = directory.resolve("bwrap");
    Files.createSymbolicLink(broken, Path.of("/usr/bin/bwrap"));
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(directory.resolve("w"), "L2", 1)
            .withFirstUserId(60_720)
            .withBubblewrap(broken);
    try (LocalSandbox sandbox = open(settings)) {
      assertThat(sandbox.report().mayRun()).as(sandbox.report().toString()).isTrue();
      Files.delete(broken);
      Files.createSymbolicLink(broken, Path.of("/bin/false"));
      SandboxFixture.Gathered output = new SandboxFixture.Gathered();
      var result =
          SandboxFixture.await(
              sandbox.start(SandboxFixture.order("bash", "echo 1", SandboxFixture.LIMITS), output));
      assertThat(result.verdict()).isEqualTo(Verdict.SANDBOX_ERROR);
      assertThat(result.evidence()).contains("exit code 1 before the program did");
    }
  }
}
