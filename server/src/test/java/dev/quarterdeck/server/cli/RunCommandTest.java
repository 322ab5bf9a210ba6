package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunCommandTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void passesOutputAndExitCodeOnAndPutsTheVerdictOnStderr() throws IOException {
    Outcome outcome = run(file("a.py", "import sys\nprint('out')\nsys.exit(3)\n"));
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.text()).isEqualTo("out\n");
    assertThat(outcome.stderr())
        .matches(
            "(?s)failed, exit code 3, \\d+\\.\\d{3} s wall, \\d+\\.\\d{3} s CPU.*sandbox L[23].*");
  }

  @Test
  void choosesTheLanguageByOption() throws IOException {
    Outcome outcome = run("--lang", "bash", file("noending", "echo $((40 + 2))"));
    assertThat(outcome.text()).isEqualTo("42\n");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void handsStdinAndArgumentsOver() throws IOException {
    String input = file("names.txt", "Ada\n");
    String program = file("greet.sh", "read -r name; echo \"$1 $name\"");
    Outcome outcome = run("--stdin", input, program, "--", "--loud");
    assertThat(outcome.text()).isEqualTo("--loud Ada\n");
  }

  @Test
  void laysFilesBesideTheProgramAndGivesItVariables() throws IOException {
    Path library = Files.createDirectories(directory.resolve("my lib/deep"));
    Files.writeString(library.resolve("answer.py"), "value = 42\n");
    String table = file("table.csv", "a;b");
    String program =
        file(
            "m.py",
            "import os\nfrom lib.deep.answer import value\n"
                + "print(value, open('data/in.csv').read(), os.environ['NAME'])\n");
    Outcome outcome =
        run(
            "--file",
            directory.resolve("my lib") + "=lib",
            "--file",
            table + "=data/in.csv",
            "--env",
            "NAME=Ada = 1",
            program);
    assertThat(outcome.stderr()).startsWith("completed");
    assertThat(outcome.text()).isEqualTo("42 a;b Ada = 1\n");
  }

  @Test
  void enforcesLowerLimitsAndRefusesHigherOnes() throws IOException {
    String program = file("s.sh", "echo begun; sleep 30");
    Outcome outcome = run("--time", "300ms", program);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
    assertThat(outcome.stderr()).contains("wall time limit 300 ms");
    assertThat(run("--time", "9d", program).stderr())
        .contains("--time: 9d (expected: over 0 and at most ");
    assertThat(run("--time", "soon", program).stderr())
        .contains("--time: soon (expected a duration");
    assertThat(run("--memory", "9TiB", program).stderr())
        .contains("--memory: 9TiB (expected: over 0 and at most ");
    assertThat(run("--processes", "0", program).stderr())
        .contains("--processes: 0 (expected: 1 to 64, RUN_MAX_PROCESSES)");
    assertThat(run("--cpu-time", "-1s", program).stderr()).contains("--cpu-time: -1s (expected");
    assertThat(run("--disk", "1PB", program).stderr())
        .contains("--disk: 1PB (expected: over 0 and at most 67108864 bytes, RUN_MAX_DISK)");
    assertThat(run("--output", "NaN", program).stderr()).contains("--output: NaN (");
    assertThat(run("--env", "=x", program).stderr()).contains("--env: =x (expected: NAME=VALUE)");
    assertThat(run("--file", directory.resolve("absent").toString(), program).stderr())
        .contains("--file: ", "absent cannot be read: there is no such file");
    assertThat(run("--file", program + "=../x", program).stderr())
        .contains("--file: ../x (expected: a relative path");
  }

  @Test
  void enforcesEachLimitOfTheCommandLine() throws IOException {
    String big = file("big.py", "open('f', 'wb').write(b'x' * 200000)\n");
    assertThat(run("--file-size", "100kB", big).exitCode()).isNotZero();
    assertThat(run("--disk", "100kB", big).stderr()).contains("disk limit 100000 bytes, none left");
    assertThat(run("--disk", "1MB", "--file-size", "300kB", big).exitCode()).isZero();
    assertThat(run("--cpu-time", "300ms", file("spin.py", "while True: pass\n")).stderr())
        .startsWith("cpu_time_limit")
        .contains("CPU time limit 300 ms, used ");
    assertThat(run("--output", "1kB", file("y.py", "print('y' * 5000)\n")).stderr())
        .startsWith("output_limit");
  }

  @Test
  void savesWhatTheProgramHandsBack() throws IOException {
    String program =
        file(
            "o.py",
            "import os\nos.mkdir('d')\nopen('d/a', 'w').write('A')\nopen('b', 'w').write('B')\n");
    Path target = directory.resolve("saved here");
    Outcome outcome = run("--out", "d=" + target, "--out", "b=" + target + "/deep/b", program);
    assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
    assertThat(target.resolve("a")).hasContent("A");
    assertThat(target.resolve("deep/b")).hasContent("B");

    Outcome missing = run("--out", "none=" + target.resolve("none"), program);
    assertThat(missing.exitCode()).isEqualTo(ExitCode.OUTPUT);
    assertThat(missing.stderr()).contains("quarterdeck: --out: none: there is no such file");
    assertThat(run("--out", "../x", program).stderr())
        .contains("--out: ../x (expected: a relative path");
  }

  @Test
  void runsEveryCaseOfADirectoryAndSaysWhichPassed() throws IOException {
    Path cases = Files.createDirectories(directory.resolve("my cases"));
    Files.writeString(cases.resolve("1.in"), "2");
    Files.writeString(cases.resolve("1.out"), "4\n\n");
    Files.writeString(cases.resolve("2.in"), "3");
    Files.writeString(cases.resolve("2.out"), "8\n");
    String program = file("square.py", "n = int(input())\nprint(n * n)\n");
    Outcome outcome = run("--case", cases.toString(), program);
    assertThat(outcome.text()).isEqualTo("4\n9\n");
    assertThat(outcome.stderr())
        .contains("1.in: passed, completed", "2.in: not the expected output, completed");
    assertThat(outcome.exitCode()).isEqualTo(1);

    Outcome json = run("--json", "--case", cases.resolve("1.in").toString(), program);
    JsonNode object = JsonMapper.shared().readTree(json.text());
    assertThat(object.get("passed").asBoolean()).isTrue();
    assertThat(json.exitCode()).isZero();
    assertThat(run("--case", directory.resolve("absent").toString(), program).stderr())
        .contains("--case: ", "cannot be read: there is no such file");
    assertThat(
            run("--case", Files.createDirectory(directory.resolve("e")).toString(), program)
                .stderr())
        .contains("expected: a directory with files named *.in");
  }

  @Test
  void passesBytesOnAsTheyAre() throws IOException {
    Outcome outcome =
        run(file("b.py", "import sys\nsys.stdout.buffer.write(bytes([255, 254, 0]))\n"));
    assertThat(outcome.stdout()).containsExactly(255, 254, 0);
  }

  @Test
  void endsWith124AtATimeLimitAndSaysWhich() throws IOException {
    Outcome outcome =
        run("--set", "K8S_POD_EXECUTION_TIMEOUT=1", file("s.sh", "echo begun; sleep 30"));
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
    assertThat(outcome.text()).isEqualTo("begun\n");
    assertThat(outcome.stderr()).startsWith("wall_time_limit");
  }

  @Test
  void endsWith128AndTheSignalThatEndedTheProgram() throws IOException {
    Outcome outcome = run(file("k.py", "import os\nos.kill(os.getpid(), 15)\n"));
    assertThat(outcome.exitCode()).isEqualTo(128 + 15);
    assertThat(outcome.stderr()).startsWith("signalled, signal 15");
  }

  @Test
  void writesOneJsonObjectOnDemand() throws IOException {
    Outcome outcome = run("--json", file("j.py", "print('héllo ✓')"));
    JsonNode json = JsonMapper.shared().readTree(outcome.text());
    assertThat(json.get("verdict").asString()).isEqualTo("completed");
    assertThat(json.get("stdout").asString()).isEqualTo("héllo ✓\n");
    assertThat(json.get("exit_code").asInt()).isZero();
    assertThat(outcome.stderr()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() throws IOException {
    assertUsage(run("missing.py"), "FILE: missing.py cannot be read: there is no such file");
    assertUsage(run(directory.toString()), "is a directory (expected: a file)");
    assertUsage(run(file("x.zzz", "")), "no language has this ending; name one with --lang");
    assertUsage(run("--lang", "klingon", file("y", "")), "--lang: klingon (expected: one of");
    assertUsage(
        run("--lang", "python@2.7", file("z", "")), "--lang: python has no version 2.7 here");
    assertUsage(run(), "Missing required parameter: 'FILE'");
    assertUsage(
        run("--lang", "python", "/dev/zero"),
        "FILE: /dev/zero has more bytes than expected (expected: at most 10000000)");
    assertUsage(run("--nonsense", "a.py"), "Unknown option: '--nonsense'");
  }

  @Test
  void endsTheRunAndSaysSoWhenNobodyReadsItsOutput() throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(new ClosedOutput(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    String program = file("o.py", "import time\nprint('x', flush=True)\ntime.sleep(600)\n");
    assertThat(CommandLines.execute(terminal, "run", program)).isEqualTo(ExitCode.OUTPUT);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "quarterdeck: standard output is closed or full (expected: a reader, or room on the"
                + " disk); the run was ended");
  }

  private static final class ClosedOutput extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }

  private static void assertUsage(Outcome outcome, String message) {
    assertThat(outcome.stderr()).contains(message);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.text()).isEmpty();
  }

  private static Outcome run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "run";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Outcome.of(all);
  }

  private String file(String name, String text) throws IOException {
    Path path = directory.resolve("with space " + name);
    Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    return path.toString();
  }
}
