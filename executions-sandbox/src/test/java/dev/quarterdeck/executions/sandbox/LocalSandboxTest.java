package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSandboxTest {
  private static SandboxFixture fixture;

  @BeforeAll
  static void open(@TempDir Path directory) {
    fixture = new SandboxFixture(directory.resolve("a path with 'quotes' and spaces"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void runsPythonNodeAndBash() throws SandboxException {
    assertThat(fixture.run("python", "print('from python')").stdout()).isEqualTo("from python\n");
    assertThat(fixture.run("node", "console.log('from node')").stdout()).isEqualTo("from node\n");
    assertThat(fixture.run("bash", "echo from bash").stdout()).isEqualTo("from bash\n");
  }

  @Test
  void passesInputArgumentsAndBytesUnchanged() throws SandboxException {
    byte[] input = new byte[100_000];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (i * 31);
    }
    List<String> arguments = List.of("a b", "it's", "", "$(id)", "héllo ✓", "line\nbreak");
    RunOrder order =
        new RunOrder(
            "bytes",
            "python",
            "",
            "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()); sys.stderr.write('|'.join(sys.argv[1:]))"
                .getBytes(StandardCharsets.UTF_8),
            arguments,
            input,
            SandboxFixture.LIMITS);

    SandboxFixture.Outcome outcome = fixture.run(order);

    assertThat(outcome.stdoutBytes()).isEqualTo(input);
    assertThat(outcome.stderr()).isEqualTo(String.join("|", arguments));
  }

  @Test
  void tellsExitCodesFromSignals() throws SandboxException {
    for (int code : new int[] {1, 126, 127, 130, 137, 139, 141, 255}) {
      SandboxFixture.Outcome outcome = fixture.run("bash", "exit " + code);
      assertThat(outcome.result().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(outcome.result().exitCode()).hasValue(code);
      assertThat(outcome.result().signal()).isEmpty();
    }
    for (int signal : new int[] {1, 2, 9, 11, 13, 15, 24, 34}) {
      SandboxFixture.Outcome outcome = fixture.run("bash", "kill -" + signal + " $$");
      assertThat(outcome.result().verdict()).isEqualTo(Verdict.SIGNALLED);
      assertThat(outcome.result().signal()).hasValue(signal);
      assertThat(outcome.result().exitCode()).isEmpty();
      assertThat(outcome.stderr()).isEmpty();
    }
  }

  @Test
  void refusesUnknownLanguageAndListsTheKnownOnes() {
    assertThatThrownBy(() -> fixture.run("cobolt", ""))
        .isInstanceOf(SandboxException.class)
        .hasMessageStartingWith("language: cobolt (expected: one of [");
  }

  @Test
  void refusesUnknownVersionAndListsTheKnownOnes() {
    RunOrder order =
        new RunOrder(
            "v", "bash", "1.0", new byte[0], List.of(), new byte[0], SandboxFixture.LIMITS);
    assertThatThrownBy(() -> fixture.run(order))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("version: 1.0 of bash (expected: one of [");
  }

  @Test
  void refusesArgumentWithNul() {
    RunOrder order =
        new RunOrder(
            "n", "bash", "", new byte[0], List.of("a\0b"), new byte[0], SandboxFixture.LIMITS);
    assertThatThrownBy(() -> fixture.run(order))
        .isInstanceOf(SandboxException.class)
        .hasMessage("arguments: one contains a NUL (expected: none does)");
  }
}
