package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Sandbox;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A program with several files, with files that come out, with a compiler or with an open input
/// cannot tell a sandbox that was ready from one that started cold.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadyAheadFilesTest {
  private static final String LOOK =
      """
      env | sort; ulimit -a; umask; pwd; id; ls /proc/self/fd /box /; ls -A /tmp
      stat -c '%n %a %u %g %s' /tmp/* /tmp/*/*; cat /tmp/empty /tmp/*/*; cat
      grep -E '^(SigB|SigC|SigI|Cap|NoNew|Seccomp|Uid|NSpid)' /proc/self/status
      cat /proc/self/oom_score_adj; stat -f -c '%b %S' /tmp; echo "$@" >&2; exit 5
      """;

  private SandboxFixture ahead;
  private SandboxFixture cold;

  @BeforeAll
  void open(@TempDir Path directory) {
    ahead = SandboxFixture.ahead(directory);
    cold = SandboxFixture.beside(directory);
  }

  @AfterAll
  void close() {
    ahead.close();
    cold.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SourceFile file(String name, String content) {
    return new SourceFile(name, bytes(content));
  }

  private static RunOrder order(
      String language, String source, List<SourceFile> files, RunLimits limits, String... out) {
    return new RunOrder(
        "ahead",
        language,
        "",
        bytes(source),
        files,
        List.of("one", "two words"),
        bytes("first line\nsecond"),
        Map.of("A", "b c"),
        RunOrder.USUAL_COMPILE_TIME,
        limits,
        new FilesOut(List.of(out), 3, 100_000),
        false,
        "");
  }

  private SandboxFixture.Outcome looksTheSame(RunOrder order) throws SandboxException {
    ahead.sandbox.awaitReady();
    long before = ahead.sandbox.servedAhead();
    SandboxFixture.Outcome warm = ahead.run(order);
    assertThat(ahead.sandbox.servedAhead()).as("it did not start cold").isEqualTo(before + 1);
    SandboxFixture.Outcome fresh = cold.run(order);
    assertThat(warm.stdout()).isEqualTo(fresh.stdout());
    assertThat(warm.stderr()).isEqualTo(fresh.stderr());
    assertThat(warm.result().verdict()).isEqualTo(fresh.result().verdict());
    assertThat(warm.result().exitCode()).isEqualTo(fresh.result().exitCode());
    assertThat(warm.result().signal()).isEqualTo(fresh.result().signal());
    assertThat(warm.result().evidence()).isEqualTo(fresh.result().evidence());
    assertThat(warm.result().files()).usingRecursiveComparison().isEqualTo(fresh.result().files());
    assertThat(warm.result().compilation().map(Compilation::exitCode))
        .isEqualTo(fresh.result().compilation().map(Compilation::exitCode));
    return warm;
  }

  @Test
  void severalFilesLieTheSame() throws SandboxException {
    String deep = "d".repeat(90) + "/" + "e".repeat(90) + "/naïve file";
    List<SourceFile> files =
        List.of(
            file("pkg/helper.py", "name = 'helper'\n"), file("empty", ""), file(deep, "deep\n"));
    SandboxFixture.Outcome bash = looksTheSame(order("bash", LOOK, files, SandboxFixture.LIMITS));
    assertThat(bash.stdout()).contains("name = 'helper'", "first line\nsecond", "A=b c");
    SandboxFixture.Outcome python =
        looksTheSame(
            order(
                "python",
                """
                import sys, os, pkg.helper
                print(pkg.helper.name, sys.argv, sys.orig_argv, sys.path, __file__, input())
                print(sorted(sys.modules), sorted(os.environ.items()), os.getpid(), os.getppid())
                open('empty', 'w').write('may be written')
                """,
                files,
                SandboxFixture.LIMITS));
    assertThat(python.stdout()).startsWith("helper ['/tmp/main.py', 'one', 'two words']");
  }

  @Test
  void filesComeOutTheSame() throws SandboxException {
    String source = "open('a', 'w').write('A' * 70000); open('b', 'w').write('B')\n";
    assertThat(
            looksTheSame(order("python", source, List.of(), SandboxFixture.LIMITS, "a", "b", "c"))
                .result()
                .files()
                .toString())
        .contains("a", "b");
    looksTheSame(
        order("python", source + "1/0", List.of(file("x", "y")), SandboxFixture.LIMITS, "x", "a"));
  }

  @Test
  void whatIsCompiledIsTheSameTheFirstTimeAndFromTheCache() throws SandboxException {
    String source =
        """
        #include <stdio.h>
        #include "answer.h"
        int main(int n, char **a) {
          char line[99];
          fgets(line, 99, stdin);
          printf("%d %d %s %s", ANSWER, n, a[2], line);
          return 3;
        }
        """;
    RunOrder order =
        order("c", source, List.of(file("answer.h", "#define ANSWER 42\n")), SandboxFixture.LIMITS);
    for (int i = 0; i < 2; i++) {
      assertThat(looksTheSame(order).stdout()).isEqualTo("42 3 two words first line\n");
    }
    looksTheSame(order("c", "int main(void) {", List.of(), SandboxFixture.LIMITS));
  }

  @Test
  void filesThatDoNotFitAreTheSame() throws SandboxException {
    RunLimits small =
        new RunLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            SandboxFixture.MEMORY,
            2000,
            64,
            1 << 20,
            1 << 20,
            2000,
            1 << 20);
    List<SourceFile> big = List.of(new SourceFile("big", new byte[2 << 20]));
    assertThat(looksTheSame(order("python", "print(1)", big, small)).result().verdict())
        .isEqualTo(Verdict.DISK_LIMIT);
  }

  @Test
  void anOpenInputAndSignalsReachASandboxThatWasReady() throws SandboxException {
    ahead.sandbox.awaitReady();
    long before = ahead.sandbox.servedAhead();
    SandboxFixture.Gathered output = new SandboxFixture.Gathered();
    Sandbox.Run run =
        ahead.sandbox.start(
            new RunOrder(
                "interactive",
                "python",
                "",
                bytes(
                    "import signal\n"
                        + "signal.signal(signal.SIGUSR1, lambda *a: print('signal', flush=True))\n"
                        + "print('begun', flush=True)\n"
                        + "while True: print(input().upper(), flush=True)"),
                List.of(),
                List.of(),
                new byte[0],
                Map.of(),
                RunOrder.USUAL_COMPILE_TIME,
                SandboxFixture.LIMITS,
                FilesOut.NONE,
                true,
                ""),
            output);
    output.awaitStdout("begun\n");
    run.stdin(bytes("one\n"));
    output.awaitStdout("ONE\n");
    assertThat(run.signal(10)).isTrue();
    output.awaitStdout("signal\n");
    run.stdin(bytes("two\n"));
    output.awaitStdout("TWO\n");
    run.closeStdin();
    assertThat(SandboxFixture.await(run).exitCode()).hasValue(1);
    assertThat(ahead.sandbox.servedAhead()).isEqualTo(before + 1);
  }
}
