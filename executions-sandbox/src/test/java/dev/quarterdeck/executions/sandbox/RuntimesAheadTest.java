package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.SandboxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A program cannot tell a runtime that waited for it from one that started for it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuntimesAheadTest {
  private SandboxFixture ahead;
  private SandboxFixture cold;

  @BeforeAll
  void open(@TempDir Path directory) throws SandboxException {
    LocalSandboxSettings settings = LocalSandboxSettings.of(directory.resolve("a"), "L2", 4);
    ahead = new SandboxFixture(settings.withRuntimes(2, 400L << 20));
    cold = SandboxFixture.beside(directory);
    // What is asked for twice waits from then on.
    ahead.run("node", "1");
    ahead.run("node", "1");
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
        List.of(),
        "first line\nsecond".getBytes(StandardCharsets.UTF_8),
        limits);
  }

  private SandboxFixture.Outcome looksTheSame(String language, String source)
      throws SandboxException {
    RunOrder order = order(language, source, SandboxFixture.LIMITS);
    assertThat(ahead.sandbox.idleProcesses()).as("a runtime waits").isNotEmpty();
    long before = ahead.sandbox.servedAhead();
    SandboxFixture.Outcome warm = ahead.run(order);
    assertThat(ahead.sandbox.servedAhead()).as("it did not start cold").isEqualTo(before + 1);
    SandboxFixture.Outcome fresh = cold.run(order);
    assertThat(warm.stdout()).as(warm.stderr()).isEqualTo(fresh.stdout());
    assertThat(warm.stderr()).isEqualTo(fresh.stderr());
    assertThat(warm.result().verdict()).isEqualTo(fresh.result().verdict());
    assertThat(warm.result().exitCode()).isEqualTo(fresh.result().exitCode());
    assertThat(warm.result().signal()).isEqualTo(fresh.result().signal());
    assertThat(warm.result().evidence()).isEqualTo(fresh.result().evidence());
    return warm;
  }

  @Test
  void nodeSeesTheSameProcess() throws SandboxException {
    assertThat(
            looksTheSame(
                    "node",
                    """
                    const fs = require('fs'), os = require('os');
                    console.log(process.argv, process.execArgv, process.env, process.cwd(), __filename, __dirname);
                    console.log(require.main === module, module.paths, Object.keys(require.cache), module.children);
                    console.log(process.pid, process.ppid, process.title, process.umask(), process.getuid());
                    console.log(Object.getOwnPropertyNames(globalThis).sort().join());
                    console.log(process.moduleLoadList.join());
                    console.log(process._getActiveHandles().length, process._getActiveRequests().length);
                    for (const fd of fs.readdirSync('/proc/self/fd')) {
                      let to = ''; try { to = fs.readlinkSync('/proc/self/fd/' + fd) } catch {}
                      console.log(fd, to.replace(/\\d+/g, 'N'));
                    }
                    console.log(fs.readFileSync('/proc/self/cmdline', 'latin1'), fs.readFileSync('/proc/1/cmdline', 'latin1'));
                    console.log(fs.readFileSync('/proc/self/limits', 'latin1'));
                    console.log(fs.readFileSync('/proc/self/status', 'latin1').split('\\n').filter(
                        l => /^(Name|Sig[BC]|Shd|Cap|NoNew|Seccomp|Uid|Gid|Groups|Threads|NS)/.test(l)).join());
                    for (const p of ['/box', '/tmp', '/', '/dev/shm', '/.stage']) {
                      console.log(p, fs.readdirSync(p).sort(), fs.statSync(p).mode, fs.statSync(p).uid);
                    }
                    for (const p of ['/box/main.js', '/box/.stage']) {
                      const s = fs.statSync(p); console.log(s.mode, s.size, s.uid, s.gid, s.nlink);
                      for (const how of [() => fs.writeFileSync(p, 'x'), () => fs.chmodSync(p, 0o777), () => fs.unlinkSync(p)]) {
                        try { how(); console.log('done') } catch (e) { console.log(e.code) }
                      }
                    }
                    console.log(fs.readFileSync(__filename).length, new Error('here').stack);
                    console.log(fs.readFileSync('/proc/self/oom_score_adj', 'latin1'), os.hostname(), process.resourceUsage().fsWrite);
                    console.log(fs.readdirSync('/proc').filter(n => /^\\d+$/.test(n)).join());
                    process.stdin.on('data', d => console.log('' + d)).on('end', () => console.error('end'));
                    """)
                .stdout())
        .contains("/box/main.js");
  }

  @Test
  void nodeEndsTheSame() throws SandboxException {
    for (String source :
        List.of(
            "console.log(1); process.exit(3)",
            "console.log(1); throw new Error('thrown')",
            "console.log(1); Promise.reject(new Error('rejected'))",
            "console.log(1); throw null",
            "console.log(1); process.kill(process.pid, 'SIGSEGV')",
            "console.log(1); process.kill(process.pid, 'SIGINT')",
            "console.log(1); process.abort()",
            "process.on('exit', c => console.log('exit', c)); process.exitCode = 7",
            "setTimeout(() => console.log('later'), 5)",
            "import fs from 'fs'; console.log(fs)",
            "import('fs').then(f => console.log(typeof f.default.readFileSync))",
            "require('./nothing')",
            "syntax error here",
            "#!/usr/bin/env node\nconsole.log('shebang')",
            "\ufeffconsole.log('mark')",
            "console.log('ü€😀', '" + "x".repeat(40_000) + "'.length)",
            "",
            "'use strict'; undefinedName",
            "const { Worker, isMainThread } = require('worker_threads');\n"
                + "if (isMainThread) new Worker(__filename).on('exit', c => console.log('worker',"
                + " c));\n"
                + "else console.log('in the worker', process.argv.length)",
            "if (process.argv[2]) console.log(process.argv, process.execArgv);\n"
                + "else require('child_process').fork(__filename, ['child']).on('exit', c =>"
                + " console.log(c))",
            "await 1")) {
      looksTheSame("node", source);
    }
  }

  @Test
  void onlyWhatTheProgramUsesIsCounted() throws SandboxException {
    SandboxFixture.Outcome idle = looksTheSame("node", "console.log(1)");
    assertThat(idle.result().wallTime()).isPositive();
    SandboxFixture.Outcome busy =
        looksTheSame(
            "node",
            "const t = process.cpuUsage().user; while (process.cpuUsage().user - t < 3e5);");
    assertThat(busy.result().cpuTime())
        .isBetween(Duration.ofMillis(290), SandboxFixture.LIMITS.cpuTime());
  }

  @Test
  void javaLooksTheSame() throws SandboxException {
    ahead.run("java", "class A { public static void main(String[] a) {} }");
    ahead.run("java", "class A { public static void main(String[] a) {} }");
    for (String source :
        List.of(
            """
            import java.lang.management.*;
            import java.util.*;
            import java.nio.file.*;
            import java.util.stream.*;
            public class Main {
              static String secret = "x";
              record Point(int x, int y) {}
              public static void main(String[] args) throws Exception {
                System.out.println(args.length + " " + System.getenv() + " " + new TreeMap<>(System.getProperties())
                    .entrySet().stream().map(Object::toString).filter(p -> !p.contains("java.vm.info")).toList());
                System.out.println(Main.class.getClassLoader().getClass() + " " + Main.class.getClassLoader().getParent().getClass());
                System.out.println(Thread.currentThread() + " " + Thread.currentThread().getContextClassLoader().getClass());
                System.out.println(Main.class.getProtectionDomain().getCodeSource());
                System.out.println(Thread.getAllStackTraces().keySet().stream().map(Thread::getName).sorted().toList());
                System.out.println(ProcessHandle.current().pid() + " " + Runtime.getRuntime().maxMemory());
                try (var s = Files.list(Path.of("/box"))) { System.out.println(s.sorted().toList()); }
                try (var s = Files.list(Path.of("/tmp"))) { System.out.println(s.sorted().toList()); }
                System.out.println(Files.size(Path.of("/box/Main.java")) + " " + Path.of("").toAbsolutePath());
                try { Files.writeString(Path.of("/box/Main.java"), "x"); } catch (Exception e) { System.out.println(e); }
                try { Files.writeString(Path.of("/box/.gate"), "x"); } catch (Exception e) { System.out.println(e); }
                System.out.println(new String(System.in.readAllBytes()) + new Point(1, 2) + new Thread().getName());
                new Exception("here").printStackTrace();
                StackWalker.getInstance().forEach(f -> System.out.println(f));
                throw new IllegalStateException("thrown", new RuntimeException("cause"));
              }
            }
            """,
            "public class Main { public static void main(String[] a) { int x = \"text\"; } }",
            "",
            "class None { }",
            "package p; public class Main { public static void main(String[] a) { System.exit(7); }"
                + " }",
            "import java.util.*; public class Main { public static void main(String[] a) {"
                + " List l = new ArrayList(); l.add(1); System.out.println(l); new Thread(() -> {"
                + " throw new RuntimeException(\"in a thread\"); }).start(); } }",
            "public class Main { public static void main(String[] a) {"
                + " Runtime.getRuntime().addShutdownHook(new Thread(() ->"
                + " System.out.println(\"hook\"))); f(0); } static int f(int n) { return f(n + 1) +"
                + " 1; } }",
            "public class Main { public static void main(String[] a) {"
                + " new dev.quarterdeck.ahead.WaitingAgent(); } }",
            "public class WaitingAgent { public static void main(String[] a) {"
                + " System.out.println(new WaitingAgent().getClass().getName()); } }")) {
      looksTheSame("java", source);
    }
  }
}
