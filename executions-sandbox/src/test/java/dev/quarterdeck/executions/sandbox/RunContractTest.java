package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.executions.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run is given beyond its program, and what is told of its compiler.
class RunContractTest {
  @TempDir static Path directory;

  private static SandboxFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new SandboxFixture(directory.resolve("sandbox"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static SourceFile file(String name, String content) {
    return new SourceFile(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static RunOrder order(
      String language, String source, List<SourceFile> files, Map<String, String> environment) {
    return new RunOrder(
        "contract",
        language,
        "",
        source.getBytes(StandardCharsets.UTF_8),
        files,
        List.of("argument"),
        "input\n".getBytes(StandardCharsets.UTF_8),
        environment,
        RunOrder.USUAL_COMPILE_TIME,
        SandboxFixture.LIMITS);
  }

  @Test
  void laysFilesWhereTheProgramRunsAndLetsItWriteThere() throws SandboxException {
    byte[] bytes = new byte[3000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    String deep = "d".repeat(90) + "/" + "e".repeat(90) + "/naïve file";
    SandboxFixture.Outcome outcome =
        fixture.run(
            order(
                "python",
                """
                import sys, helper, pkg.deeper
                print(helper.name, pkg.deeper.name, sys.argv[1], input())
                print(len(open('data/bytes.bin', 'rb').read()), open('%s').read())
                open('data/new', 'w').write('x')
                """
                    .formatted(deep),
                List.of(
                    file("helper.py", "name = 'helper'\n"),
                    file("pkg/deeper.py", "name = 'deeper'\n"),
                    new SourceFile("data/bytes.bin", bytes),
                    file("empty", ""),
                    file(deep, "deep")),
                Map.of()));

    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.stdout()).isEqualTo("helper deeper argument input\n3000 deep\n");
    assertThat(outcome.result().verdict()).isEqualTo(Verdict.COMPLETED);
  }

  @Test
  void compilesEverySourceFileAndFindsHeaders() throws SandboxException {
    SandboxFixture.Outcome outcome =
        fixture.run(
            order(
                "c",
                "#include <stdio.h>\n"
                    + "#include \"lib/answer.h\"\n"
                    + "int main(void){printf(\"%d\\n"
                    + "\",answer());}",
                List.of(
                    file("lib/answer.h", "int answer(void);\n"),
                    file("lib/answer.c", "int answer(void){return 42;}\n")),
                Map.of()));

    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.stdout()).isEqualTo("42\n");
  }

  @Test
  void givesVariablesToTheProgramAndNotToTheStageThatReportsHowItEnded() throws SandboxException {
    SandboxFixture.Outcome outcome =
        fixture.run(
            order(
                "python",
                "import os; print(os.environ['GREETING'], os.environ['PATH']); os._exit(3)",
                List.of(),
                Map.of(
                    "GREETING",
                    "it's $HOME\nand ✓",
                    "PATH",
                    "/nowhere",
                    "ENV",
                    "/box/main.py",
                    "IFS",
                    "0123456789")));

    assertThat(outcome.stdout()).isEqualTo("it's $HOME\nand ✓ /nowhere\n");
    assertThat(outcome.result().exitCode()).hasValue(3);
  }

  @Test
  void tellsWhatTheCompilerWroteFromWhatTheProgramWrote() throws SandboxException {
    SandboxFixture.Outcome outcome =
        fixture.run(
            order(
                "c",
                "#include <stdio.h>\n#warning beware\nint main(void){char b[99];fgets(b,99,stdin);"
                    + "fprintf(stderr,\"program %s\",b);return 5;}",
                List.of(),
                Map.of()));

    Compilation compilation = outcome.result().compilation().orElseThrow();
    assertThat(compilation.exitCode()).hasValue(0);
    assertThat(compilation.wallTime()).isPositive();
    String stderr = outcome.stderr();
    assertThat(stderr.substring(0, (int) compilation.outputBytes()))
        .contains("beware")
        .doesNotContain("program");
    assertThat(stderr.substring((int) compilation.outputBytes())).isEqualTo("program input\n");
    assertThat(outcome.result().exitCode()).hasValue(5);
  }

  @Test
  void saysHowTheCompilerFailed() throws SandboxException {
    SandboxFixture.Outcome outcome =
        fixture.run(order("c", "int main(void){", List.of(), Map.of()));

    assertThat(outcome.result().verdict()).isEqualTo(Verdict.COMPILE_ERROR);
    Compilation compilation = outcome.result().compilation().orElseThrow();
    assertThat(compilation.exitCode()).hasValue(1);
    assertThat(compilation.outputBytes()).isEqualTo(outcome.stderrBytes().length);
  }

  @Test
  void endsCompilerThatTakesLongerThanAskedFor() throws SandboxException {
    RunOrder slow =
        new RunOrder(
            "slow",
            "c",
            "",
            "#include \"/dev/zero\"\n".getBytes(StandardCharsets.UTF_8),
            List.of(),
            List.of(),
            new byte[0],
            Map.of(),
            Duration.ofMillis(300),
            SandboxFixture.LIMITS);

    SandboxFixture.Outcome outcome = fixture.run(slow);

    assertThat(outcome.result().verdict()).isIn(Verdict.COMPILE_ERROR, Verdict.MEMORY_LIMIT);
    assertThat(outcome.result().evidence())
        .containsAnyOf("time limit of the compiler 300 ms", "memory limit");
  }

  @Test
  void saysThatTheFilesDoNotFit() throws SandboxException {
    RunLimits small =
        new RunLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            SandboxFixture.MEMORY,
            2000,
            64,
            1 << 20,
            1 << 20,
            2000,
            1 << 20);
    RunOrder big =
        new RunOrder(
            "big",
            "python",
            "",
            "print(1)".getBytes(StandardCharsets.UTF_8),
            List.of(new SourceFile("big", new byte[2 << 20])),
            List.of(),
            new byte[0],
            Map.of(),
            RunOrder.USUAL_COMPILE_TIME,
            small);

    SandboxFixture.Outcome outcome = fixture.run(big);

    assertThat(outcome.result().verdict()).isEqualTo(Verdict.DISK_LIMIT);
    assertThat(outcome.result().evidence())
        .isEqualTo("disk limit 1048576 bytes, the files of the program did not fit (tmpfs)");
    assertThat(outcome.stdout()).isEmpty();
  }

  @Test
  void refusesNamesThatLeaveTheDirectoryAndVariablesThatAreNone() {
    for (String name :
        List.of("../x", "/x", "a//b", "a/./b", "", ".stage", "x/".repeat(40) + "y", "a\nb")) {
      assertThatThrownBy(() -> fixture.run(order("bash", "", List.of(file(name, "")), Map.of())))
          .isInstanceOf(SandboxException.class)
          .hasMessageStartingWith("file name: " + name + " (expected: ");
    }
    assertThatThrownBy(() -> fixture.run(order("bash", "", List.of(), Map.of("A-B", ""))))
        .isInstanceOf(SandboxException.class)
        .hasMessage(
            "environment: A-B (expected: a name of letters, digits and _, a value without NUL)");
  }
}
