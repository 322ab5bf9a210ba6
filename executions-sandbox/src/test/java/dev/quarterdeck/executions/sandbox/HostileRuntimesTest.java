package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Hostile programs in a runtime that had waited for them: they cannot reach what made it wait,
/// forge how they end, outlive their end or see one another. With a defence of the agent off the
/// same program succeeds and says so.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRuntimesTest {
  private static final RunLimits LIMITS = within(Duration.ofSeconds(20));
  private static final RunLimits SHORT = within(Duration.ofSeconds(2));

  /// Tries what a program should not be able to do, and says of each how it went.
  private static final String HOSTILE =
      """
      import java.io.*;
      import java.nio.file.*;
      import java.util.*;

      public class Main {
        interface Attack { void run() throws Throwable; }

        static void attack(String name, Attack attack) {
          try {
            attack.run();
            System.out.println("ESCAPED " + name);
          } catch (Throwable contained) {
            System.out.println("contained " + name);
          }
        }

        static void refuse(boolean bad) throws IOException {
          if (!bad) throw new IOException("not there");
        }

        public static void main(String[] args) throws Exception {
          System.out.println(Arrays.toString(new File("/tmp").list()) + Arrays.toString(new File("/dev/shm").list())
              + System.getProperty("left") + Thread.getAllStackTraces().keySet().stream()
                  .anyMatch(t -> t.getName().equals("left")));
          Class<?> agent = Class.forName("dev.quarterdeck.ahead.WaitingAgent");
          attack("pipe", () -> new FileInputStream("/box/.gate").close());
          attack("new pipe", () -> Files.writeString(Path.of("/box/.gate"), "x"));
          attack("program", () -> Files.writeString(Path.of("/box/Main.java"), "x"));
          attack("stage", () -> Files.writeString(Path.of("/box/.stage"), "exit 0"));
          attack("jar", () -> { for (File f : new File("/.stage").listFiles()) new FileOutputStream(f, true).close(); });
          attack("descriptors", () -> {
            boolean bad = false;
            for (File f : new File("/proc/self/fd").listFiles()) {
              if (Integer.parseInt(f.getName()) < 3) continue;
              try {
                String to = Files.readSymbolicLink(f.toPath()).toString();
                bad |= to.startsWith("pipe:") || to.contains(".gate") || to.startsWith("socket:");
                if (to.startsWith("pipe:")) System.err.println(f + " " + to);
              } catch (IOException gone) { }
            }
            refuse(bad);
          });
          attack("instrumentation", () -> {
            boolean bad = false;
            for (var field : agent.getDeclaredFields()) {
              field.setAccessible(true);
              bad |= field.get(null) instanceof java.lang.instrument.Instrumentation;
            }
            refuse(bad);
          });
          attack("compiler", () -> Class.forName("com.sun.tools.javac.launcher.Main").getDeclaredConstructors()[0].setAccessible(true));
          attack("report", () -> { for (int fd = 3; fd < 20; fd++) try (var out = new FileOutputStream("/proc/1/fd/" + fd)) { out.write("run 0\\n".getBytes()); return; } catch (IOException no) { } refuse(false); });
          attack("memory of process 1", () -> new RandomAccessFile("/proc/1/mem", "rw").close());
          attack("environment of process 1", () -> new FileInputStream("/proc/1/environ").read());
          attack("end of process 1", () -> { ProcessHandle.of(1).orElseThrow().destroyForcibly(); refuse(!new File("/proc/1").exists()); });
          attack("host", () -> {
            for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
              String[] parts = line.split(" ");
              if (parts[4].equals("/box")) refuse(new File(parts[3]).getParentFile().list() != null);
            }
            refuse(false);
          });
          attack("network", () -> new java.net.Socket("127.0.0.1", 22).close());
          Files.writeString(Path.of("/tmp/left"), "x");
          System.setProperty("left", "x");
          new ProcessBuilder("/bin/sh", "-c", "setsid sleep 600 &").start();
          new Thread(() -> { while (true) Thread.onSpinWait(); }, "left").start();
          System.out.println("run 0");
          System.out.flush();
          Runtime.getRuntime().halt(3);
        }
      }
      """;

  private Path directory;
  private SandboxFixture fixture;

  private static RunLimits within(Duration wallTime) {
    return new RunLimits(
        wallTime, Duration.ofSeconds(10), 160L << 20, 2000, 64, 16 << 20, 32 << 20, 2000, 1 << 20);
  }

  @BeforeAll
  void open(@TempDir Path place) {
    directory = place;
    fixture =
        new SandboxFixture(
            LocalSandbox.open(
                LocalSandboxSettings.of(directory.resolve("work"), "L2", 4)
                    .withMemoryBytes(160L << 20)
                    .withRuntimes(2, 400L << 20)));
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  /// Runs a program in a runtime that waited.
  private SandboxFixture.Outcome warm(String language, String source, RunLimits limits)
      throws SandboxException {
    String nothing =
        language.equals("java") ? "class A { public static void main(String[] a) { } }" : "1";
    for (int i = 0; i < 3 && !waits(language); i++) {
      fixture.run(SandboxFixture.order(language, nothing, limits));
    }
    assertThat(waits(language)).as("a runtime waits").isTrue();
    long before = fixture.sandbox.servedAhead();
    SandboxFixture.Outcome outcome = fixture.run(SandboxFixture.order(language, source, limits));
    assertThat(fixture.sandbox.servedAhead()).as("it had waited").isEqualTo(before + 1);
    return outcome;
  }

  private boolean waits(String language) {
    fixture.sandbox.awaitReady();
    String name = "sandbox_runtimes_" + language + "_waiting";
    return fixture.sandbox.counters().getOrDefault(name, 0L) > 0;
  }

  @Test
  void javaReachesNothingOfWhatMadeItWaitUnlessADefenceIsOff()
      throws SandboxException, IOException {
    for (int i = 0; i < 2; i++) {
      SandboxFixture.Outcome outcome = warm("java", HOSTILE, LIMITS);
      assertThat(outcome.stdout())
          .as(outcome.stderr())
          .startsWith("[][]nullfalse\n")
          .contains("contained pipe", "contained descriptors", "contained instrumentation")
          .contains("contained report", "contained memory of process 1", "contained host")
          .endsWith("run 0\n")
          .doesNotContain("ESCAPED");
      assertThat(outcome.result().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(outcome.result().exitCode()).hasValue(3);
    }
    agentWith(
        "try (InputStream sleep = new FileInputStream(files[0])) {",
        // Kept, so that no collection closes it.
        "InputStream sleep = open = new FileInputStream(files[0]); {",
        "private WaitingAgent() {}",
        "private WaitingAgent() {} static Instrumentation kept; static InputStream open;",
        "System.gc();",
        "kept = machine;");
    assertThat(warm("java", HOSTILE, LIMITS).stdout())
        .contains("ESCAPED descriptors", "ESCAPED instrumentation", "contained pipe");
  }

  @Test
  void aJavaProgramThatDoesNotWantToEndIsEnded() throws SandboxException {
    SandboxFixture.Outcome hook =
        warm(
            "java",
            "public class Main { public static void main(String[] a) throws Exception {"
                + " Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) try {"
                + " Thread.sleep(9999); } catch (Exception e) { } }));"
                + " System.out.println(1); System.exit(0); } }",
            SHORT);
    assertThat(hook.result().verdict()).isEqualTo(Verdict.WALL_TIME_LIMIT);
    assertThat(hook.stdout()).isEqualTo("1\n");
  }

  @Test
  void aNodeProgramThatDoesNotWantToEndIsEnded() throws SandboxException {
    SandboxFixture.Outcome listener =
        warm(
            "node",
            "for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => {});"
                + " process.on('exit', () => { console.log(1);"
                + " Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); });"
                + " process.reallyExit = () => {}; process.exit(0);",
            SHORT);
    assertThat(listener.result().verdict()).isEqualTo(Verdict.WALL_TIME_LIMIT);
    assertThat(listener.stdout()).isEqualTo("1\n");
    assertThat(SandboxFixture.processes()).isZero();
  }

  /// Replaces the agent by one whose source is changed.
  private void agentWith(String... changes) throws IOException {
    String source =
        new String(Languages.resource("agent/WaitingAgent.java"), StandardCharsets.UTF_8);
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(source).containsOnlyOnce(changes[i]);
      source = source.replace(changes[i], changes[i + 1]);
    }
    Path work = Files.createTempDirectory(directory, "agent");
    Path file = Files.writeString(work.resolve("WaitingAgent.java"), source);
    Path classes = Files.createDirectory(work.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(
            compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-nowarn",
                "--release",
                "11",
                "-d",
                classes.toString(),
                file.toString()))
        .isZero();
    Path note = directory.resolve("work/root-place");
    Path place =
        Files.exists(note) ? Path.of(Files.readString(note).strip()) : directory.resolve("work");
    Path jar = place.resolve("root/.stage/agent-0.jar");
    Files.delete(jar);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "dev.quarterdeck.ahead.WaitingAgent");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> built = Files.walk(classes)) {
      for (Path each : (Iterable<Path>) built.filter(Files::isRegularFile)::iterator) {
        entries.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        entries.write(Files.readAllBytes(each));
      }
    }
    assertThat(List.of(jar)).allMatch(Files::isReadable);
    fixture.sandbox.dropRuntimes();
  }
}
