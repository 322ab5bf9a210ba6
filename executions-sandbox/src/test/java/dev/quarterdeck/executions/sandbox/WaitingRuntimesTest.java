package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runtimes that wait hold every limit, know nothing of one another, stay within their bounds, and
/// are no loss when they fail.
class WaitingRuntimesTest {
  private static final long MUCH = 400L << 20;

  @TempDir Path directory;
  private SandboxFixture fixture;

  @BeforeEach
  void open() {
    fixture = new SandboxFixture(LocalSandbox.open(settings(2, MUCH)));
  }

  private LocalSandboxSettings settings(int most, long bytes) {
    return LocalSandboxSettings.of(directory.resolve("work"), "L2", 4).withRuntimes(most, bytes);
  }

  private void openInstead(int most, long bytes) {
    fixture.close();
    fixture = new SandboxFixture(LocalSandbox.open(settings(most, bytes)));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<Long> waiting() {
    return fixture.sandbox.idleProcesses();
  }

  private long counter(String name) {
    Map<String, Long> counters = fixture.sandbox.counters();
    assertThat(counters).containsKey(name);
    return counters.getOrDefault(name, -1L);
  }

  private void askTwice() throws SandboxException {
    fixture.run("node", "1");
    fixture.run("node", "1");
    assertThat(waiting()).as("a runtime waits").isNotEmpty();
  }

  /// Runs a program in a runtime that waited, of which there is one after the second request.
  private SandboxFixture.Outcome warm(String source, RunLimits limits) throws SandboxException {
    for (int i = 0; i < 2 && waiting().isEmpty(); i++) {
      fixture.run(SandboxFixture.order("node", "1", limits));
    }
    assertThat(waiting()).isNotEmpty();
    long before = fixture.sandbox.servedAhead();
    SandboxFixture.Outcome outcome = fixture.run(SandboxFixture.order("node", source, limits));
    assertThat(fixture.sandbox.servedAhead()).as("it had waited").isEqualTo(before + 1);
    return outcome;
  }

  private static RunLimits limits(Duration cpu, long memory) {
    return new RunLimits(
        Duration.ofSeconds(30), cpu, memory, 2000, 32, 8 << 20, 16 << 20, 500, 64 << 10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void holdEveryLimit(boolean groups) throws SandboxException {
    if (!groups) {
      fixture.close();
      fixture = new SandboxFixture(LocalSandbox.openWithoutGroups(settings(2, MUCH)));
    }
    RunLimits limits = limits(Duration.ofSeconds(1), 96L << 20);
    SandboxFixture.Outcome memory =
        warm("const a = []; while (true) a.push(Buffer.alloc(1 << 20, 1));", limits);
    assertThat(memory.result().verdict())
        .as(memory.result().evidence())
        .isEqualTo(Verdict.MEMORY_LIMIT);
    SandboxFixture.Outcome time = warm("while (true);", limits);
    assertThat(time.result().verdict()).isEqualTo(Verdict.CPU_TIME_LIMIT);
    assertThat(time.result().cpuTime()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    SandboxFixture.Outcome disk =
        warm(
            "const fs = require('fs'); for (let i = 0; ; i++) fs.writeFileSync('/tmp/' + i,"
                + " Buffer.alloc(1 << 20));",
            limits);
    assertThat(disk.result().verdict()).isEqualTo(Verdict.DISK_LIMIT);
    SandboxFixture.Outcome output =
        warm("while (true) require('fs').writeSync(1, 'x'.repeat(999));", limits);
    assertThat(output.result().verdict()).isEqualTo(Verdict.OUTPUT_LIMIT);
    assertThat(output.stdout().length()).isLessThanOrEqualTo(64 << 10);
    SandboxFixture.Outcome processes =
        warm(
            """
            const { spawn } = require('child_process'); let failed = 0, started = 0;
            for (let i = 0; i < 60; i++) {
              const child = spawn('/bin/sleep', ['20']);
              child.on('error', () => { failed++; }).on('spawn', () => { started++; });
            }
            setTimeout(() => { console.log(started < 40 && failed > 20); process.exit(3); }, 300);
            """,
            limits);
    assertThat(processes.stdout()).as(processes.stderr()).isEqualTo("true\n");
    assertThat(processes.result().verdict()).isIn(Verdict.PROCESS_LIMIT, Verdict.FAILED);
  }

  @Test
  void leaveNothingForTheNextAndForgeNothing() throws SandboxException {
    for (int i = 0; i < 4; i++) {
      SandboxFixture.Outcome outcome =
          warm(
              """
              const fs = require('fs'), { spawn } = require('child_process');
              console.log(fs.readdirSync('/tmp'), fs.readdirSync('/dev/shm'), fs.readdirSync('/box'),
                  fs.readdirSync('/proc').filter(n => /^\\d+$/.test(n)));
              fs.writeFileSync('/tmp/left', 'x'); fs.writeFileSync('/dev/shm/left', 'x');
              spawn('/bin/sh', ['-c', 'while :; do :; done'], { detached: true, stdio: 'ignore' }).unref();
              const gates = fs.readFileSync('/proc/self/mountinfo', 'latin1').split('\\n')
                  .filter(l => l.includes(' /box ')).map(l => l.split(' ')[3]);
              const tries = {
                gate: () => fs.openSync('/box/.gate', 'r'),
                newGate: () => fs.writeFileSync('/box/.gate', 'x'),
                program: () => fs.writeFileSync(__filename, 'process.exit(0)'),
                rename: () => fs.renameSync(__filename, '/box/other.js'),
                stage: () => fs.writeFileSync('/box/.stage', 'exit 0'),
                host: () => fs.readdirSync(gates[0].replace(/\\/[^/]*\\/box$/, '')),
                report: () => fs.writeFileSync('/proc/1/fd/6', 'run 0\\n'),
                stageMemory: () => fs.openSync('/proc/1/mem', 'r+'),
                stageEnvironment: () => fs.readFileSync('/proc/1/environ'),
              };
              for (const [name, attack] of Object.entries(tries)) {
                try { attack(); console.log('ESCAPED', name); } catch (e) { console.log('contained', name); }
              }
              for (let fd = 3; fd < 256; fd++) {
                try { fs.writeSync(fd, 'run 0\\n'); console.log('wrote', fs.readlinkSync('/proc/self/fd/' + fd)); } catch {}
              }
              process.reallyExit(3);
              """,
              SandboxFixture.LIMITS);
      assertThat(outcome.stdout())
          .as(outcome.stderr())
          .startsWith("[] [] [ '.stage', 'main.js' ] [ '1', '2' ]\n")
          .contains("contained gate", "contained report", "contained host", "contained stageMemory")
          .doesNotContain("ESCAPED", "wrote /");
      assertThat(outcome.result().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(outcome.result().exitCode()).hasValue(3);
    }
  }

  @Test
  void areReplacedWhenKilledAndNobodyNotices() throws SandboxException {
    askTwice();
    for (int i = 0; i < 3; i++) {
      for (long victim : waiting()) {
        Signals.kill(victim);
        ProcessHandle.of(victim).ifPresent(process -> process.onExit().join());
      }
      assertThat(fixture.run("node", "console.log(" + i + ")").stdout()).isEqualTo(i + "\n");
    }
    assertThat(waiting()).isNotEmpty();
    assertThat(warm("console.log(4)", SandboxFixture.LIMITS).stdout()).isEqualTo("4\n");
  }

  @Test
  void startColdWhenTheHostCannotKeepThem() throws SandboxException, IOException {
    RootDirectory.delete(gates());
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.run("node", "console.log(" + i + ")").stdout()).isEqualTo(i + "\n");
    }
    assertThat(waiting()).isEmpty();
    assertThat(fixture.sandbox.servedAhead()).isZero();
  }

  private Path gates() throws IOException {
    Path note = directory.resolve("work").resolve("root-place");
    return Files.exists(note)
        ? Path.of(Files.readString(note).strip()).resolve("gates")
        : directory.resolve("work").resolve("gates");
  }

  @Test
  void stayWithinTheirMemory() throws SandboxException {
    openInstead(4, 1);
    for (int i = 0; i < 3; i++) {
      fixture.run("node", "1");
    }
    assertThat(waiting()).isEmpty();
    assertThat(counter("sandbox_runtimes_node_waiting")).isZero();
    assertThat(counter("sandbox_runtimes_idle_memory_bytes")).isZero();
  }

  @Test
  void makeRoomForWhatWasAskedForLast() throws SandboxException {
    openInstead(1, MUCH);
    askTwice();
    assertThat(counter("sandbox_runtimes_node_waiting")).isEqualTo(1);
    assertThat(counter("sandbox_runtimes_idle_memory_bytes")).isBetween(1L << 20, 64L << 20);
    RunLimits other = limits(Duration.ofSeconds(2), 100L << 20);
    fixture.run(SandboxFixture.order("node", "1", other));
    fixture.run(SandboxFixture.order("node", "1", other));
    assertThat(waiting()).isNotEmpty();
    assertThat(counter("sandbox_runtimes_node_waiting")).isEqualTo(1);
    long before = fixture.sandbox.servedAhead();
    fixture.run(SandboxFixture.order("node", "1", other));
    assertThat(fixture.sandbox.servedAhead()).isEqualTo(before + 1);
  }

  @Test
  void serveInputThatComesLaterAndAreCancelled() throws SandboxException {
    askTwice();
    SandboxFixture.Gathered output = new SandboxFixture.Gathered();
    RunOrder order =
        SandboxFixture.order(
            "node", "setInterval(() => {}, 1000); console.log('begun')", SandboxFixture.LIMITS);
    Sandbox.Run run = fixture.sandbox.start(order, output);
    output.awaitStdout("begun");
    assertThat(fixture.sandbox.servedAhead()).isEqualTo(1);
    run.cancel();
    assertThat(SandboxFixture.await(run).verdict()).isEqualTo(Verdict.CANCELLED);
  }

  @Test
  void areGoneWhenTheSandboxIsClosed() throws SandboxException, IOException {
    askTwice();
    List<Long> processes = waiting();
    Path gates = gates();
    fixture.sandbox.close();
    for (long pid : processes) {
      // They are dead; whoever is their parent now may take a moment to notice.
      ProcessHandle.of(pid)
          .ifPresent(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
    assertThat(gates).doesNotExist();
  }

  @Test
  void saysWhyTheAgentCannotBeBuilt() throws IOException {
    Path root = Files.createDirectories(directory.resolve("root"));
    JavaAgent agent = new JavaAgent(root, directory);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> agent.option(root.resolve("java"))))
        .isInstanceOf(IOException.class)
        .hasMessage("the agent could not be compiled: " + root.resolve("javac") + " did not end");
  }

  /// The thread that starts runtimes looks by itself each ten seconds only, and is woken to end.
  @Test
  void closesWithoutDelayWhenNothingWasAskedFor() {
    long start = System.nanoTime();
    for (int i = 0; i < 6; i++) {
      openInstead(2, MUCH);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
  }
}
