package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.CollectedFiles;
import dev.quarterdeck.executions.CollectedFiles.Omitted;
import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
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

/// What programs hand back, and what hostile ones try to have handed back.
class FilesOutTest {
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

  private static RunResult run(
      String source, List<SourceFile> files, RunLimits limits, FilesOut out)
      throws SandboxException {
    RunOrder order =
        new RunOrder(
            "files",
            "python",
            "",
            source.getBytes(StandardCharsets.UTF_8),
            files,
            List.of(),
            new byte[0],
            Map.of(),
            RunOrder.USUAL_COMPILE_TIME,
            limits,
            out,
            false,
            "");
    SandboxFixture.Outcome outcome = fixture.run(order);
    assertThat(outcome.stderr()).isEmpty();
    return outcome.result();
  }

  private static RunResult run(String source, String... paths) throws SandboxException {
    return run(source, List.of(), SandboxFixture.LIMITS, new FilesOut(List.of(paths), 20, 1 << 20));
  }

  private static String text(RunResult result, String name) {
    return result.files().files().stream()
        .filter(file -> file.name().equals(name))
        .map(file -> new String(file.content(), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("(absent)");
  }

  private static List<String> omitted(RunResult result) {
    return result.files().omitted().stream()
        .map(file -> file.name() + ": " + file.reason())
        .toList();
  }

  @Test
  void handsBackFilesAndDirectoriesToTheByte() throws SandboxException {
    RunResult result =
        run(
            """
            import os
            os.makedirs('out/deep/er')
            open('out/a b.txt', 'w').write('one')
            open('out/deep/er/naïve [x]*?', 'w').write('two')
            open('out/empty', 'w')
            open('bytes', 'wb').write(bytes(range(256)) * 3)
            open('-rf', 'w').write('three')
            open('other', 'w').write('never asked for')
            """,
            "out",
            "bytes",
            "-rf");

    assertThat(result.verdict()).isEqualTo(Verdict.COMPLETED);
    assertThat(omitted(result)).isEmpty();
    assertThat(result.files().files())
        .extracting(SourceFile::name)
        .containsExactlyInAnyOrder(
            "-rf", "bytes", "out/a b.txt", "out/deep/er/naïve [x]*?", "out/empty");
    assertThat(text(result, "out/a b.txt")).isEqualTo("one");
    assertThat(text(result, "out/deep/er/naïve [x]*?")).isEqualTo("two");
    assertThat(text(result, "-rf")).isEqualTo("three");
    assertThat(text(result, "out/empty")).isEmpty();
    byte[] bytes =
        result.files().files().stream()
            .filter(file -> file.name().equals("bytes"))
            .findFirst()
            .orElseThrow()
            .content();
    assertThat(bytes).hasSize(768).startsWith(0, 1, 2).endsWith(254, 255);
  }

  @Test
  void takesAPathByItsWordAndNotAsAPattern() throws SandboxException {
    RunResult result =
        run("open('a*', 'w').write('star'); open('ab', 'w').write('not meant')", "a*");

    assertThat(result.files().files()).extracting(SourceFile::name).containsExactly("a*");
  }

  @Test
  void handsFilesBackBesideFilesThatWentInAndAfterAFailure() throws SandboxException {
    RunResult result =
        run(
            "import os; open('got', 'w').write(open('in/data').read()); os._exit(3)",
            List.of(new SourceFile("in/data", "x".repeat(30_000).getBytes(StandardCharsets.UTF_8))),
            SandboxFixture.LIMITS,
            new FilesOut(List.of("got", "in", "main.py"), 20, 1 << 20));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.exitCode()).hasValue(3);
    assertThat(text(result, "got")).hasSize(30_000);
    assertThat(text(result, "in/data")).hasSize(30_000);
    assertThat(text(result, "main.py")).startsWith("import os");
  }

  @Test
  void saysWhyItHandsSomethingNotBack() throws SandboxException {
    RunResult result =
        run(
            """
            import os, socket
            os.symlink('/etc/passwd', 'link')
            os.symlink('/etc', 'linked')
            os.mkfifo('fifo')
            socket.socket(socket.AF_UNIX).bind('socket')
            try:
                os.mknod('device', 0o20666, os.makedev(1, 5))
            except PermissionError:
                pass
            open('sparse', 'w').truncate(10 << 30)
            open('locked', 'w').write('no'); os.chmod('locked', 0)
            open(b'latin\\xe9', 'w').write('no')
            """,
            List.of(),
            withFileBytes(20L << 30),
            new FilesOut(
                List.of(
                    "link",
                    "linked/passwd",
                    "fifo",
                    "socket",
                    "device",
                    "sparse",
                    "locked",
                    "absent",
                    ".hidden"),
                20,
                1 << 20));

    assertThat(result.verdict()).isEqualTo(Verdict.COMPLETED);
    assertThat(result.files().files()).isEmpty();
    assertThat(omitted(result))
        .containsExactlyInAnyOrder(
            "link: it is a symbolic link (expected: a regular file)",
            "linked/passwd: there is no such file",
            "fifo: it is a FIFO (expected: a regular file)",
            "socket: it is a socket (expected: a regular file)",
            "device: there is no such file",
            "sparse: 10737418240 bytes (expected: at most 1048576 for all files)",
            "locked: it could not be read",
            "absent: there is no such file",
            ".hidden: there is no such file");
  }

  private static RunLimits withFiles(int files) {
    RunLimits usual = SandboxFixture.LIMITS;
    return new RunLimits(
        usual.wallTime(),
        usual.cpuTime(),
        usual.memoryBytes(),
        usual.cpuMillis(),
        usual.processes(),
        usual.fileBytes(),
        usual.diskBytes(),
        files,
        usual.outputBytes());
  }

  private static RunLimits withFileBytes(long bytes) {
    RunLimits usual = SandboxFixture.LIMITS;
    return new RunLimits(
        usual.wallTime(),
        usual.cpuTime(),
        usual.memoryBytes(),
        usual.cpuMillis(),
        usual.processes(),
        bytes,
        usual.diskBytes(),
        usual.files(),
        usual.outputBytes());
  }

  @Test
  void readsAHardLinkAsTheFileItIsAndReachesNothingOutside() throws SandboxException {
    RunResult result =
        run(
            """
            import os
            open('a', 'w').write('content')
            os.link('a', 'b')
            for target in ('/etc/passwd', '/usr/bin/env', '/box/main.py'):
                try:
                    os.link(target, 'outside')
                    print('linked', target)
                except OSError:
                    pass
            """,
            "a",
            "b",
            "outside");

    assertThat(text(result, "a")).isEqualTo("content");
    assertThat(text(result, "b")).isEqualTo("content");
    assertThat(omitted(result)).containsExactly("outside: there is no such file");
  }

  @Test
  void stopsAtTheDeepestDirectoryThatItEnters() throws SandboxException {
    RunResult result =
        run(
            """
            import os
            os.makedirs('out/' + 'd/' * 30); open('out/' + 'd/' * 30 + 'f', 'w').write('deep')
            os.mkdir('deep'); os.chdir('deep')
            for i in range(10000):
                os.mkdir('x'); os.chdir('x')
            open('end', 'w').write('x')
            """,
            List.of(),
            withFiles(20_000),
            new FilesOut(List.of("out", "deep"), 20, 1 << 20));

    assertThat(text(result, "out/" + "d/".repeat(30) + "f")).isEqualTo("deep");
    assertThat(omitted(result))
        .containsExactly("deep" + "/x".repeat(32) + ": more than 32 directories deep");
  }

  @Test
  void keepsToTheNumberAndTheSizeThatAreAllowedAndSaysWhatIsMissing() throws SandboxException {
    String many = "for i in range(50): open('f%02d' % i, 'w').write('x' * 10)";
    String[] names = new String[50];
    for (int i = 0; i < 50; i++) {
      names[i] = "f%02d".formatted(i);
    }
    RunResult cut = run(many, names);
    assertThat(cut.files().files()).hasSize(20);
    assertThat(omitted(cut))
        .hasSize(21)
        .contains("f20: too many files (expected: at most 20)", "…: further files are not listed");

    RunResult large =
        run(
            "for name in 'abc': open(name, 'w').write('x' * 400000)",
            List.of(),
            SandboxFixture.LIMITS,
            new FilesOut(List.of("a", "b", "c"), 20, 1_000_000));
    assertThat(large.files().files()).extracting(SourceFile::name).containsExactly("a", "b");
    assertThat(omitted(large))
        .containsExactly("c: all files together have more than 1000000 bytes");
  }

  @Test
  void collectsOnlyWhenEveryProcessIsDeadAndNoRaceLeadsItAway() throws SandboxException {
    RunResult result =
        run(
            """
            import os
            os.mkdir('out')
            open('out/file', 'w').write('honest')
            for child in range(4):
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        while True:
                            try:
                                os.rename('out', 'moved'); os.symlink('/etc', 'out')
                                os.unlink('out'); os.rename('moved', 'out')
                                os.rename('out/file', 'out/kept')
                                os.symlink('/etc/passwd', 'out/file')
                                os.unlink('out/file'); os.rename('out/kept', 'out/file')
                            except OSError:
                                pass
                    os._exit(0)
            import time
            time.sleep(0.2)
            os._exit(0)
            """,
            "out",
            "out/file",
            "out/passwd",
            "moved");

    assertThat(result.verdict()).isEqualTo(Verdict.COMPLETED);
    for (SourceFile file : result.files().files()) {
      assertThat(new String(file.content(), StandardCharsets.UTF_8)).isEqualTo("honest");
    }
  }

  @Test
  void countsNeitherTheTimeNorTheMemoryOfCollectingAsTheProgramsOwn() throws SandboxException {
    RunLimits usual = SandboxFixture.LIMITS;
    RunLimits tight =
        new RunLimits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            usual.memoryBytes(),
            usual.cpuMillis(),
            usual.processes(),
            usual.fileBytes(),
            usual.diskBytes(),
            usual.files(),
            usual.outputBytes());
    RunResult result =
        run(
            "for i in range(1000): open(str(i), 'w').write('x')",
            List.of(),
            tight,
            new FilesOut(List.of("7", "77"), 20, 1 << 20));

    assertThat(result.verdict()).isEqualTo(Verdict.COMPLETED);
    assertThat(text(result, "7")).isEqualTo("x");
    assertThat(text(result, "77")).isEqualTo("x");
  }

  @Test
  void saysThatAProgramWhichWasEndedHandsNothingBack() throws SandboxException {
    RunLimits usual = SandboxFixture.LIMITS;
    RunLimits brief =
        new RunLimits(
            Duration.ofMillis(400),
            usual.cpuTime(),
            usual.memoryBytes(),
            usual.cpuMillis(),
            usual.processes(),
            usual.fileBytes(),
            usual.diskBytes(),
            usual.files(),
            usual.outputBytes());
    RunResult result =
        run(
            "import time; open('f', 'w').write('x'); time.sleep(20)",
            List.of(),
            brief,
            new FilesOut(List.of("f"), 20, 1 << 20));

    assertThat(result.verdict()).isEqualTo(Verdict.WALL_TIME_LIMIT);
    assertThat(omitted(result)).containsExactly("f: the program did not come to its end");
  }

  @Test
  void believesNothingOfAnArchiveThatWasMadeUp() {
    FilesOut wanted = new FilesOut(List.of("a"), 5, 1000);
    byte[] nonsense = new byte[5000];
    java.util.Arrays.fill(nonsense, (byte) 'x');
    assertThat(Collection.read(nonsense, wanted).files()).isEmpty();
    assertThat(Collection.read(new byte[0], wanted).omitted())
        .containsExactly(new Omitted("a", "the sandbox ended before the files could be collected"));
    byte[] forged = "f 3 1 ./../../etc/passwd\0f 3 1 ./a\0\0\0".getBytes(StandardCharsets.UTF_8);
    CollectedFiles files = Collection.read(forged, wanted);
    assertThat(files.files()).isEmpty();
    assertThat(files.omitted()).extracting(Omitted::name).contains("a", "../../etc/passwd");
  }
}
