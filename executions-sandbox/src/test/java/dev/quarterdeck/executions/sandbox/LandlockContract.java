package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a run promises, tried at level L1: prints a line with `kept` or `BROKEN` for each.
final class LandlockContract {
  private static final RunLimits LIMITS =
      new RunLimits(
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          512L << 20,
          2000,
          64,
          16 << 20,
          32 << 20,
          2000,
          1 << 20);

  private final LocalSandbox sandbox;

  LandlockContract(LocalSandbox sandbox) {
    this.sandbox = sandbox;
  }

  void tryAll() throws SandboxException, IOException, InterruptedException {
    languages();
    ends();
    files();
    compiled();
    whileItRuns();
    try (Stream<Path> left = Files.list(sandbox.settings().workDirectory().resolve("runs"))) {
      keeps("nothing on disk", left.toList(), List.of());
    }
    // The guard.
    keeps("processes", ProcessHandle.current().descendants().count(), 1L);
  }

  private void languages() throws SandboxException, InterruptedException {
    says("python", "import subprocess\nprint(subprocess.getoutput('echo python'))", "python\n");
    says("node", "console.log(require('child_process').execSync('echo node') + '')", "node\n\n");
    says(
        "bash",
        "echo bash > /dev/stdout; cat <<< here; echo $((6*7)) > f; cat f",
        "bash\nhere\n42\n");
    says(
        "java",
        "class M { public static void main(String[] a) { System.out.println(1); } }",
        "1\n");
    says("c", "#include <stdio.h>\nint main(void) { puts(\"c\"); return 0; }", "c\n");
    says("cpp", "#include <iostream>\nint main() { std::cout << \"cpp\"; }", "cpp");
    says("perl", "print `echo perl`;", "perl\n");
  }

  private void ends() throws SandboxException, InterruptedException {
    for (int code : new int[] {1, 125, 137, 255}) {
      RunResult result = run(order("bash", "exit " + code), new Gathered());
      keeps("exit code " + code, result.exitCode().orElse(-1), code);
    }
    for (int signal : new int[] {2, 9, 11, 15}) {
      RunResult result = run(order("bash", "kill -" + signal + " $$"), new Gathered());
      keeps("signal " + signal, result.signal().orElse(-1), signal);
    }
    RunResult result = run(order("bash", "setsid sleep 50 & exit 0"), new Gathered());
    keeps("a daemon with the streams", result.verdict(), Verdict.COMPLETED);
    keeps("does not hold them", result.wallTime().toSeconds() < 40, true);
    RunResult failed = run(order("c", "int main(void) { return x; }"), new Gathered());
    keeps("a compiler's error", failed.verdict(), Verdict.COMPILE_ERROR);
  }

  private void files() throws SandboxException, InterruptedException {
    Gathered output = new Gathered();
    String source =
        """
        import sys, helper, os
        os.makedirs('out/deep')
        open('out/deep/f', 'w').write('made')
        os.symlink('/etc/hostname', 'out/link')
        print(helper.VALUE, sys.argv[1:], sys.stdin.read(), os.environ['COLOUR'], open('d/data').read())
        """;
    RunOrder order =
        new RunOrder(
            "files",
            "python",
            "",
            bytes(source),
            List.of(
                new SourceFile("helper.py", bytes("VALUE = 7")),
                new SourceFile("d/data", bytes("text"))),
            List.of("a /box/ /tmp/ /build b", "it's"),
            bytes("input"),
            Map.of("COLOUR", "blue /tmp/"),
            RunOrder.USUAL_COMPILE_TIME,
            LIMITS,
            new FilesOut(List.of("out", "none"), 5, 1000),
            false,
            "");
    RunResult result = run(order, output);
    keeps(
        "what goes in",
        output.stdout() + output.stderr(),
        "7 ['a /box/ /tmp/ /build b', \"it's\"] input blue /tmp/ text\n");
    keeps(
        "what comes out",
        result.files().files().stream()
            .map(file -> file.name() + "=" + new String(file.content(), StandardCharsets.UTF_8))
            .toList(),
        List.of("out/deep/f=made"));
    keeps("and what not", result.files().omitted().size(), 2);
  }

  private void compiled() throws SandboxException, InterruptedException {
    String source = "#include <stdio.h>\nint main(void) { puts(\"twice\"); return 7; }";
    for (Compilation.Origin origin : Compilation.Origin.values()) {
      Gathered output = new Gathered();
      RunResult result = run(order("c", source), output);
      keeps(
          "compiled by " + origin,
          output.stdout() + result.evidence(),
          "twice\nexit code 7 (wait status)");
      keeps("said so", result.compilation().orElseThrow().origin(), origin);
    }
  }

  private void whileItRuns() throws SandboxException, InterruptedException {
    Gathered output = new Gathered();
    String echo = "for l in iter(input, 'end'): print('got', l, flush=True)";
    Sandbox.Run run = sandbox.start(interactive(echo), output);
    run.stdin(bytes("first\n"));
    keeps("an answer while it runs", output.awaitStdout(60), true);
    run.stdin(bytes("second\nend\n"));
    keeps("its end", run.await().verdict(), Verdict.COMPLETED);
    keeps("its answers", output.stdout(), "got first\ngot second\n");

    output = new Gathered();
    run = sandbox.start(interactive("print('ready', flush=True)\ninput()"), output);
    output.awaitStdout(60);
    keeps("a signal", run.signal(10), true);
    keeps("ends it", run.await().signal().orElse(-1), 10);

    output = new Gathered();
    run = sandbox.start(interactive("print('ready', flush=True)\ninput()"), output);
    output.awaitStdout(60);
    run.cancel();
    keeps("cancelled", run.await().verdict(), Verdict.CANCELLED);
  }

  private void says(String language, String source, String expected)
      throws SandboxException, InterruptedException {
    if (sandbox.languages().stream().noneMatch(l -> l.name().equals(language) && l.active())) {
      System.out.println("not installed: " + language);
      return;
    }
    Gathered output = new Gathered();
    RunResult result = run(order(language, source), output);
    boolean said = output.stdout().equals(expected);
    keeps(language, said ? "" : output.stdout() + output.stderr() + result, "");
  }

  private RunResult run(RunOrder order, Gathered output)
      throws SandboxException, InterruptedException {
    return sandbox.start(order, output).await();
  }

  private static RunOrder order(String language, String source) {
    return new RunOrder("contract", language, "", bytes(source), List.of(), new byte[0], LIMITS);
  }

  private static RunOrder interactive(String source) {
    return new RunOrder(
        "interactive",
        "python",
        "",
        bytes(source),
        List.of(),
        List.of(),
        new byte[0],
        Map.of(),
        RunOrder.USUAL_COMPILE_TIME,
        LIMITS,
        FilesOut.NONE,
        true,
        "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void keeps(String promise, Object is, Object expected) {
    System.out.println(
        is.equals(expected)
            ? "kept " + promise
            : "BROKEN " + promise + ": " + is + " (expected: " + expected + ")");
  }
}
