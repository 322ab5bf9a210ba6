package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SandboxReport;
import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A program cannot tell a sandbox that was ready from one that started cold.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadyAheadTest {
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

  private static RunOrder order(String language, String source, RunLimits limits) {
    return new RunOrder(
        "ahead",
        language,
        "",
        source.getBytes(StandardCharsets.UTF_8),
        List.of("one", "two words"),
        "first line\nsecond".getBytes(StandardCharsets.UTF_8),
        limits);
  }

  private void looksTheSame(String language, String source) throws SandboxException {
    RunOrder order = order(language, source, SandboxFixture.LIMITS);
    long before = ahead.sandbox.servedAhead();
    SandboxFixture.Outcome warm = ahead.run(order);
    assertThat(ahead.sandbox.servedAhead()).as("it did not start cold").isEqualTo(before + 1);
    SandboxFixture.Outcome fresh = cold.run(order);
    assertThat(warm.stdout()).isEqualTo(fresh.stdout()).isNotEmpty();
    assertThat(warm.stderr()).isEqualTo(fresh.stderr());
    assertThat(warm.result().verdict()).isEqualTo(fresh.result().verdict());
    assertThat(warm.result().exitCode()).isEqualTo(fresh.result().exitCode());
    assertThat(warm.result().signal()).isEqualTo(fresh.result().signal());
    assertThat(warm.result().evidence()).isEqualTo(fresh.result().evidence());
  }

  @Test
  void isUsedOnThisMachine() {
    assertThat(ahead.sandbox.idleProcesses()).isNotEmpty();
    assertThat(ahead.sandbox.report().findings())
        .filteredOn(finding -> finding.name().equals("sandboxes ahead"))
        .allMatch(SandboxReport.Finding::ok)
        .hasSize(1);
  }

  @Test
  void pythonSeesTheSameProcess() throws SandboxException {
    looksTheSame(
        "python",
        """
        import sys
        print(sorted(sys.modules), sys.path, sys.argv, sys.orig_argv, sys.flags, sys.executable)
        import os, resource, signal, inspect, gc
        print(sorted(os.environ.items()), os.getcwd(), os.umask(0), os.getgroups())
        print(os.getpid(), os.getppid(), os.getpgrp(), os.getsid(0), os.getuid(), os.getgid())
        print([resource.getrlimit(r) for r in range(10)])
        print([signal.getsignal(s) for s in (1, 2, 3, 13, 15, 24, 25)])
        print([int(l.split()[1], 16) & 0x7fffffff for l in open('/proc/self/status') if 'SigIgn' in l])
        print(sorted(os.listdir('/proc/self/fd')), sorted(os.listdir('/box')), os.listdir('/tmp'))
        print([l for l in open('/proc/self/status') if l.startswith(('SigB', 'SigC', 'Shd', 'Cap', 'NoNew',
            'Seccomp', 'Uid', 'Gid', 'Groups', 'Threads', 'NS', 'Name'))])
        print(sorted(p for p in os.listdir('/proc') if p.isdigit()), os.uname().nodename)
        print(len(inspect.stack()), inspect.stack()[0].filename, __name__, __file__, __spec__)
        print(sys.stdin.encoding, sys.stdout, sys.stderr, sys.stdout.line_buffering, input())
        print(open('/proc/self/oom_score_adj').read(), os.stat('/tmp').st_mode, os.stat('/box').st_mode,
            os.stat('/dev/shm').st_mode, os.stat('/box/main.py').st_mode, os.statvfs('/tmp').f_blocks)
        import socket
        s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
        c = socket.create_connection(s.getsockname()); print('loopback is up')
        print(open('/dev/stdin').read(), file=open('/dev/stderr', 'w'))
        """);
  }

  @Test
  void otherLanguagesSeeTheSameProcess() throws SandboxException {
    looksTheSame(
        "bash",
        """
        env | sort; ulimit -a; umask; pwd; id; hostname; echo "$@"; cat
        ls /proc/self/fd /tmp /box / /dev; grep -E '^(SigB|SigC|Cap|NoNew|Seccomp|Uid|NSpid)' /proc/self/status
        trap; ps 2>/dev/null; echo to stderr >&2; exit 7
        """);
    looksTheSame("node", "console.log(process.argv, process.execArgv, process.env.HOME)");
  }

  @Test
  void pythonEndsTheSame() throws SandboxException {
    for (String end :
        List.of(
            "print(1); raise SystemExit(3)",
            "print(1); import sys; sys.exit('message')",
            "print(1); 1/0",
            "print(1); import os; os.kill(os.getpid(), 11)",
            "print(1); import os; os.kill(os.getpid(), 2)",
            "print(1); import os; os._exit(137)",
            "print(1); import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            "class A:\n  def __del__(self): print('deleted')\na = A()\nprint(1)",
            "import atexit; atexit.register(print, 'at exit')\nprint(1)",
            "def g():\n"
                + "  try: yield 1\n"
                + "  finally: print('generator closed')\n"
                + "a = g(); print(next(a))",
            "f = open('/dev/stdout', 'w'); f.write('unflushed')",
            "import threading, time\n"
                + "threading.Thread(target=lambda: (time.sleep(.1), print('thread'))).start()",
            "import weakref\nclass A: pass\na = A(); r = weakref.ref(a, lambda r: print('gone'))\n"
                + "print(1)",
            "import sys; print(1); sys.stdout.close()",
            "print(1); del __file__, __cached__",
            "import sys; print(1); del __file__; sys.exit(3)",
            "import ctypes; ctypes.CDLL(None).printf(b'in the buffer of C')",
            "import os\nif os.fork() == 0: print('child')\nelse: os.wait(); print('parent')",
            "import multiprocessing as m\nif __name__ == '__main__':\n"
                + "  m.Process(target=print, args=('child',)).start()",
            "syntax error here",
            "import nothing_like_this",
            "x = '\\ud800'; print(x)",
            "def f(): f()\ntry: f()\nexcept RecursionError as e: print(e)")) {
      looksTheSameSorted(end);
    }
  }

  @Test
  void pythonEndsWithTheSameExitCodeWhateverTheProgramHides() throws SandboxException {
    String hidden = "del __file__, __cached__\n";
    String hook =
        """
        def hook(*about):
          del sys.last_type, sys.last_value, sys.last_traceback
          sys.excepthook = sys.__excepthook__
        sys.excepthook = hook
        """;
    String functions = "def f(a=lambda: [b for b in (1,)]): pass\nclass A:\n  def m(self): f()\n";
    for (String before : List.of("", hidden, functions, functions + hidden, hook, hook + hidden)) {
      for (String end :
          List.of(
              "sys.exit(3)",
              "raise SystemExit(3)",
              "sys.exit()",
              "sys.exit('text')",
              "exit(4)",
              "atexit.register(sys.exit, 5)",
              "atexit.register(os._exit, 6)",
              "atexit.register(vars().clear); sys.exit(7)",
              "os._exit(8)",
              "raise KeyboardInterrupt",
              "1/0",
              "print(1)")) {
        looksTheSameSorted("import atexit, os, sys\n" + before + end);
      }
    }
  }

  @Test
  void pythonIsLeftToTheKernelWhenNobodyCanNotice() throws SandboxException, IOException {
    long quiet = pageFaultsOf("def f(): pass\nprint(1)");
    long noticed = pageFaultsOf("class A:\n  def __del__(self): pass\na = A()\nprint(1)");
    assertThat(noticed).isGreaterThan(quiet + 200);
  }

  /// Pages that the processes of a run had to get, as the kernel adds them to the zygote's count.
  /// The least of some, since the first may use a sandbox that is not ready for Python.
  private long pageFaultsOf(String source) throws SandboxException, IOException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 6; i++) {
      long before = faultsOfEndedChildren();
      assertThat(ahead.run("python", source).stdout()).isEqualTo("1\n");
      least = Math.min(least, faultsOfEndedChildren() - before);
    }
    return least;
  }

  private long faultsOfEndedChildren() throws IOException {
    long faults = 0;
    for (long pid : ahead.sandbox.idleProcesses()) {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      faults += Long.parseLong(stat.substring(stat.lastIndexOf(')')).split(" ", -1)[9]);
    }
    return faults;
  }

  private void looksTheSameSorted(String source) throws SandboxException {
    RunOrder order = order("python", source, SandboxFixture.LIMITS);
    SandboxFixture.Outcome warm = ahead.run(order);
    SandboxFixture.Outcome fresh = cold.run(order);
    assertThat(warm.stdout().lines().sorted()).isEqualTo(fresh.stdout().lines().sorted().toList());
    assertThat(warm.stderr()).isEqualTo(fresh.stderr());
    assertThat(warm.result().verdict()).as(source).isEqualTo(fresh.result().verdict());
    assertThat(warm.result().exitCode()).isEqualTo(fresh.result().exitCode());
    assertThat(warm.result().signal()).isEqualTo(fresh.result().signal());
    assertThat(warm.result().evidence()).isEqualTo(fresh.result().evidence());
  }

  @Test
  void nothingOfARunIsThereForTheNext() throws SandboxException {
    for (int i = 0; i < 6; i++) {
      SandboxFixture.Outcome outcome =
          ahead.run(
              "python",
              """
              import os, ctypes, socket
              libc = ctypes.CDLL(None)
              print(os.listdir('/tmp'), os.listdir('/dev/shm'), libc.shmget(77, 4096, 0))
              open('/tmp/left', 'w').write('x'); open('/dev/shm/left', 'w').write('x')
              libc.shmget(77, 4096, 0o1600)
              socket.socket(socket.AF_UNIX).bind('\\0left')
              if os.fork() == 0:
                  os.setsid()
                  while True: pass
              """);
      assertThat(outcome.stdout()).as(outcome.stderr()).isEqualTo("[] [] -1\n");
      assertThat(outcome.result().verdict()).isEqualTo(Verdict.COMPLETED);
      assertThat(outcome.result().cpuTime()).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void limitsOfARunDoNotReachTheNext() throws SandboxException {
    String eat = "a = bytearray(90 << 20)\nprint(len(a))";
    RunLimits small = SandboxFixture.LIMITS.atMost(limitsOf(48L << 20));
    for (int i = 0; i < 3; i++) {
      SandboxFixture.Outcome refused = ahead.run(order("python", eat, small));
      assertThat(refused.result().verdict()).isEqualTo(Verdict.MEMORY_LIMIT);
      assertThat(refused.result().peakMemoryBytes()).isLessThanOrEqualTo(48L << 20);
      SandboxFixture.Outcome allowed = ahead.run(order("python", eat, SandboxFixture.LIMITS));
      assertThat(allowed.result().verdict())
          .as(allowed.result().evidence())
          .isEqualTo(Verdict.COMPLETED);
      assertThat(allowed.result().evidence()).doesNotContain("oom_kill");
      if (allowed.result().level().equals("L3")) {
        assertThat(allowed.result().peakMemoryBytes()).isBetween(90L << 20, 120L << 20);
        SandboxFixture.Outcome little = ahead.run("python", "print(1)");
        assertThat(little.result().peakMemoryBytes()).isLessThan(24L << 20);
      }
    }
  }

  private static RunLimits limitsOf(long memory) {
    RunLimits usual = SandboxFixture.LIMITS;
    return new RunLimits(
        usual.wallTime(),
        usual.cpuTime(),
        memory,
        usual.cpuMillis(),
        usual.processes(),
        usual.fileBytes(),
        usual.diskBytes(),
        usual.files(),
        usual.outputBytes());
  }

  @Test
  void aRunWithVariablesOrFilesIsTheSameToo() throws SandboxException {
    RunOrder order =
        new RunOrder(
            "v",
            "python",
            "",
            "import os, sys; print(os.environ['A'], sys.flags.optimize)"
                .getBytes(StandardCharsets.UTF_8),
            List.of(),
            List.of(),
            new byte[0],
            Map.of("A", "b c", "PYTHONOPTIMIZE", "2"),
            RunOrder.USUAL_COMPILE_TIME,
            SandboxFixture.LIMITS);
    assertThat(ahead.run(order).stdout()).isEqualTo("b c 2\n");
    assertThat(cold.run(order).stdout()).isEqualTo("b c 2\n");
  }

  @Test
  void cancellingARunThatHasEndedDoesNotTouchTheNextOne() throws SandboxException {
    List<Sandbox.Run> ended = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String source = i % 2 == 0 ? "echo begun; sleep 0.2; echo " + i : "print('begun', " + i + ")";
      SandboxFixture.Gathered output = new SandboxFixture.Gathered();
      Sandbox.Run run =
          ahead.sandbox.start(
              SandboxFixture.order(i % 2 == 0 ? "bash" : "python", source, SandboxFixture.LIMITS),
              output);
      output.awaitStdout("begun");
      ended.forEach(Sandbox.Run::cancel);
      assertThat(SandboxFixture.await(run).verdict()).isEqualTo(Verdict.COMPLETED);
      ended.add(run);
    }
  }

  @Test
  void whatNobodyNeedsAnyMoreEndsAndComesBack() throws SandboxException {
    List<Sandbox.Run> together = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      together.add(
          ahead.sandbox.start(
              SandboxFixture.order("python", "import time; time.sleep(0.3)", SandboxFixture.LIMITS),
              new SandboxFixture.Gathered()));
    }
    together.forEach(SandboxFixture::await);
    ahead.sandbox.idleProcesses();
    Map<String, Long> busy = ahead.sandbox.counters();
    assertThat(busy.get("sandbox_ready")).isGreaterThan(1);
    assertThat(busy.get("sandbox_served_cold_total")).isPositive();
    // What the server counts on for each, to keep all that wait within SANDBOX_POOL_MEMORY.
    assertThat(busy.get("sandbox_idle_memory_bytes"))
        .isLessThan(busy.getOrDefault("sandbox_ready", 0L) * (16L << 20));
    ahead.sandbox.endIdle(Duration.ZERO);
    Map<String, Long> idle = ahead.sandbox.counters();
    assertThat(idle).containsEntry("sandbox_ready", 1L).containsEntry("sandbox_starting", 0L);
    assertThat(idle.get("sandbox_idle_memory_bytes"))
        .isBetween(1L << 20, busy.get("sandbox_idle_memory_bytes"));
    for (int i = 0; i < 6; i++) {
      assertThat(ahead.run("python", "print(" + i + ")").stdout()).isEqualTo(i + "\n");
    }
    assertThat(ahead.sandbox.counters().get("sandbox_served_ahead_total"))
        .isGreaterThan(busy.get("sandbox_served_ahead_total"));
  }

  @Test
  void aKilledZygoteIsReplacedAndNobodyNotices() throws SandboxException {
    for (int i = 0; i < 2; i++) {
      List<Long> victims = ahead.sandbox.idleProcesses();
      victims.forEach(Signals::kill);
      for (long victim : victims) {
        ProcessHandle.of(victim).ifPresent(process -> process.onExit().join());
      }
      for (int k = 0; k < 4; k++) {
        assertThat(ahead.run("python", "print(" + k + ")").stdout()).isEqualTo(k + "\n");
      }
    }
    assertThat(ahead.sandbox.idleProcesses()).isNotEmpty();
    long before = ahead.sandbox.servedAhead();
    assertThat(ahead.run("python", "print(5)").stdout()).isEqualTo("5\n");
    assertThat(ahead.sandbox.servedAhead()).isEqualTo(before + 1);
  }
}
