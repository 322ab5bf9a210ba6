package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox.Run;
import dev.quarterdeck.executions.Sandbox.Run.Accepted;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Input and signals while a program runs.
class InteractiveRunTest {
  @TempDir static Path directory;

  private static SandboxFixture fixture;

  private final SandboxFixture.Gathered output = new SandboxFixture.Gathered();

  @BeforeAll
  static void open() {
    fixture = new SandboxFixture(directory.resolve("sandbox"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private Run start(String language, String source, String stdin, boolean interactive)
      throws SandboxException {
    return fixture.sandbox.start(
        new RunOrder(
            "interactive",
            language,
            "",
            source.getBytes(StandardCharsets.UTF_8),
            List.of(),
            List.of(),
            stdin.getBytes(StandardCharsets.UTF_8),
            Map.of(),
            RunOrder.USUAL_COMPILE_TIME,
            SandboxFixture.LIMITS,
            FilesOut.NONE,
            interactive,
            ""),
        output);
  }

  private static Accepted send(Run run, String text) {
    return run.stdin(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final String ECHO =
      "import sys\nfor line in sys.stdin: print('got', line.strip(), flush=True)\nprint('end')\n";

  @Test
  void givesInputWhileTheProgramRunsAndEndsIt() throws SandboxException {
    Run run = start("python", ECHO, "first\n", true);
    output.awaitStdout("got first");
    assertThat(send(run, "second\n")).isEqualTo(Accepted.TAKEN);
    output.awaitStdout("got second");
    assertThat(send(run, "third\n")).isEqualTo(Accepted.TAKEN);
    run.closeStdin();
    assertThat(send(run, "late")).isEqualTo(Accepted.CLOSED);
    RunResult result = SandboxFixture.await(run);

    assertThat(result.verdict()).isEqualTo(Verdict.COMPLETED);
    assertThat(output.stdout.toString(StandardCharsets.UTF_8))
        .isEqualTo("got first\ngot second\ngot third\nend\n");
  }

  @Test
  void givesInputToACompiledProgramToo() throws SandboxException {
    Run run =
        start(
            "c",
            "#include <stdio.h>\nint main(void){char s[9];while(fgets(s,9,stdin)){fputs(s,stdout);"
                + "fflush(stdout);}return 0;}",
            "",
            true);
    assertThat(send(run, "hello\n")).isEqualTo(Accepted.TAKEN);
    output.awaitStdout("hello");
    run.closeStdin();
    assertThat(SandboxFixture.await(run).verdict()).isEqualTo(Verdict.COMPLETED);
  }

  @Test
  void takesNoMoreThanItKeepsForAProgramThatNeverReads() throws SandboxException {
    Run run = start("python", "import time; print('up', flush=True); time.sleep(60)", "", true);
    output.awaitStdout("up");
    byte[] large = new byte[300_000];
    Accepted last = Accepted.TAKEN;
    for (int i = 0; i < 10 && last == Accepted.TAKEN; i++) {
      last = run.stdin(large);
    }
    assertThat(last).isEqualTo(Accepted.FULL);
    run.cancel();
    assertThat(SandboxFixture.await(run).verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(run.stdin(new byte[1])).isEqualTo(Accepted.CLOSED);
  }

  @Test
  void acceptsNoInputOfAProgramThatGotAllOfItAtOnce() throws SandboxException {
    Run run = start("python", "import time; print('up', flush=True); time.sleep(60)", "", false);
    output.awaitStdout("up");
    assertThat(send(run, "x")).isEqualTo(Accepted.CLOSED);
    run.cancel();
    SandboxFixture.await(run);
  }

  @Test
  void sendsSignalsToTheProgram() throws SandboxException {
    Run run =
        start(
            "python",
            "import signal, sys\n"
                + "signal.signal(signal.SIGINT, lambda *a: (print('int', flush=True)))\n"
                + "signal.signal(signal.SIGUSR1, lambda *a: sys.exit(7))\n"
                + "print('up', flush=True)\n"
                + "while True: signal.pause()\n",
            "",
            false);
    output.awaitStdout("up");
    assertThat(run.signal(2)).isTrue();
    output.awaitStdout("int");
    assertThat(run.signal(10)).isTrue();
    RunResult result = SandboxFixture.await(run);
    assertThat(result.exitCode()).hasValue(7);
    assertThat(run.signal(2)).isFalse();
  }

  @Test
  void tellsASignalOfTheOwnerFromAnEndOfItsOwn() throws SandboxException {
    Run run = start("python", "import time; print('up', flush=True); time.sleep(60)", "", false);
    output.awaitStdout("up");
    assertThat(run.signal(15)).isTrue();
    RunResult result = SandboxFixture.await(run);
    assertThat(result.verdict()).isEqualTo(Verdict.SIGNALLED);
    assertThat(result.signal()).hasValue(15);
  }
}
