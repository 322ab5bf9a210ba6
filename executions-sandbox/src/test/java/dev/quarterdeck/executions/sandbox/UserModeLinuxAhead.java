package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The part of the program inside the User Mode Linux that tries sandboxes which wait for their
/// program: by zygotes, and runtimes. Says what held, and what did not.
final class UserModeLinuxAhead {
  static final List<String> HELD =
      List.of(
          "sandboxes are ready",
          "served ahead",
          "a group of its own",
          "peak of a big run",
          "peak of a small run",
          "memory limit",
          "processor time",
          "several files");

  /// Tried as an ordinary user only, to save time.
  static final String RUNTIME = "a runtime that waited";

  private static final long MEMORY = 128L << 20;

  private final SandboxFixture fixture;

  private UserModeLinuxAhead(SandboxFixture fixture) {
    this.fixture = fixture;
  }

  private static RunLimits limits(long memory) {
    Duration patience = Duration.ofSeconds(60);
    return new RunLimits(patience, patience, memory, 2000, 64, 16 << 20, 32 << 20, 2000, 1 << 20);
  }

  /// Tries them.
  ///
  /// @param hostile names of programs of the abuse suite that are tried in them; where there are
  ///   none, a runtime is
  static void attempt(Path directory, Set<String> hostile) throws IOException {
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(directory, "L3", AbuseSuite.SLOTS)
            .withFirstUserId(AbuseSuite.firstUserId())
            .withZygotes(1)
            .withRuntimes(1, 200L << 20);
    try (SandboxFixture fixture = new SandboxFixture(settings)) {
      UserModeLinuxAhead ahead = new UserModeLinuxAhead(fixture);
      ahead.zygotes();
      if (hostile.isEmpty()) {
        ahead.runtimes();
        return;
      }
      try (AbuseSuite suite = AbuseSuite.on(fixture.sandbox)) {
        for (HostileProgram program : suite.programs()) {
          if (hostile.contains(program.name())) {
            var failures = suite.attempt(UserModeLinuxGuest.patient(program)).failures();
            say(program.name(), failures.isEmpty(), failures);
          }
        }
      }
    } catch (SandboxException failed) {
      System.out.println("FAILED " + failed);
    }
  }

  private static void say(String what, boolean held, Object detail) {
    System.out.println((held ? "ahead held " : "FAILED ahead ") + what + ": " + detail);
  }

  private SandboxFixture.Outcome run(String language, String source, long memory)
      throws SandboxException {
    fixture.sandbox.awaitReady();
    return fixture.run(SandboxFixture.order(language, source, limits(memory)));
  }

  private void zygotes() throws SandboxException {
    fixture.sandbox.awaitReady();
    say(
        "sandboxes are ready",
        fixture.sandbox.report().findings().stream()
            .anyMatch(finding -> finding.name().equals("sandboxes ahead") && finding.ok()),
        fixture.sandbox.report().findings());
    long before = fixture.sandbox.servedAhead();
    SandboxFixture.Outcome where = run("python", "print(open('/proc/self/cgroup').read())", MEMORY);
    say("a group of its own", where.stdout().equals("0::/\n\n"), where.stdout() + where.stderr());
    String eat = "a = bytearray(28 << 20)\nprint(len(a))";
    var big = run("python", eat, MEMORY).result();
    long most = big.peakMemoryBytes() >> 20;
    say("peak of a big run", most >= 28 && most < 48, big);
    var small = run("python", "print(1)", MEMORY).result();
    say("peak of a small run", small.peakMemoryBytes() >> 20 < 24, small);
    say("served ahead", fixture.sandbox.servedAhead() >= before + 3, "of 3 runs");
    var refused = run("python", eat, 24L << 20).result();
    say("memory limit", refused.verdict() == Verdict.MEMORY_LIMIT, refused);
    var busy =
        run("bash", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo $i", MEMORY).result();
    Duration cpu = busy.cpuTime();
    boolean plausible =
        cpu.isPositive() && cpu.compareTo(busy.wallTime().plusMillis(100).multipliedBy(2)) < 0;
    say("processor time", plausible && busy.verdict() == Verdict.COMPLETED, busy);
    before = fixture.sandbox.servedAhead();
    fixture.sandbox.awaitReady();
    SandboxFixture.Outcome several =
        fixture.run(
            new RunOrder(
                "several",
                "python",
                "",
                "import other; print(other.name)".getBytes(StandardCharsets.UTF_8),
                List.of(
                    new dev.quarterdeck.executions.SourceFile(
                        "other.py", "name = 'other'\n".getBytes(StandardCharsets.UTF_8))),
                List.of(),
                new byte[0],
                Map.of(),
                RunOrder.USUAL_COMPILE_TIME,
                limits(MEMORY)));
    say(
        "several files",
        several.stdout().equals("other\n") && fixture.sandbox.servedAhead() == before + 1,
        several.stdout() + several.stderr() + several.result());
  }

  private void runtimes() throws SandboxException {
    for (int i = 0; i < 2; i++) {
      run("node", "console.log('warm')", MEMORY);
    }
    fixture.sandbox.awaitReady();
    SandboxFixture.Outcome last = run("node", "console.log('at once')", MEMORY);
    Map<String, Long> counters = fixture.sandbox.counters();
    say(
        RUNTIME,
        last.stdout().equals("at once\n")
            && last.result().peakMemoryBytes() >> 20 > 5
            && counters.getOrDefault("sandbox_runtimes_node_served_total", 0L) > 0,
        last.result() + last.stderr() + counters);
  }
}
