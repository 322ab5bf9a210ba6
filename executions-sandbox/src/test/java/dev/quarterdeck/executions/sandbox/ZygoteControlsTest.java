package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Sandboxes that were ready, made by a zygote that leaves one defence out: the program that the
/// defence should stop succeeds, and the suite notices.
@Tag("slow")
class ZygoteControlsTest {
  private static final String NAMESPACES = "_CLONE_NAMESPACES = 0x7E020000";

  @TempDir Path directory;

  private LocalSandbox sandbox;
  private Path script;
  private String original;

  /// What is left out of the zygote's script.
  ///
  /// @param program the hostile program that must notice
  /// @param parts of the script, each with what takes its place
  private record Without(String defence, String program, List<String> parts) {
    static Without of(String defence, String program, String... parts) {
      return new Without(defence, program, List.of(parts));
    }

    String in(String script) {
      String weakened = script;
      for (int i = 0; i < parts.size(); i += 2) {
        assertThat(weakened).as(defence).containsOnlyOnce(parts.get(i));
        weakened = weakened.replace(parts.get(i), parts.get(i + 1));
      }
      return weakened;
    }
  }

  private static final String FILTER =
      "_call(_libc.prctl(22, 2, self.filter_program, 0, 0), \"seccomp\")";
  private static final String CAPABILITIES =
      "_call(_libc.capset(_CAPABILITIES_OF_SELF, _NO_CAPABILITIES), \"capset\")";

  private static final List<Without> ALL =
      List.of(
          Without.of("system call filter", "keyrings", FILTER, "pass"),
          Without.of("system call filter", "address space without randomness", FILTER, "pass"),
          Without.of("given up capabilities", "capabilities and privileges", CAPABILITIES, "pass"),
          Without.of("filter and capabilities", "mount", FILTER, "pass", CAPABILITIES, "pass"),
          Without.of(
              "fresh files",
              "files of an earlier run",
              "_mount(b\"tmpfs\", b\"/tmp\"",
              "() or (b\"tmpfs\", b\"/tmp\"",
              "if size != self.size or files != self.files:",
              "if False:"),
          Without.of(
              "read-only program",
              "its own program replaced",
              "_call(_libc.mount(None, b\"/box\", None, ctypes.c_ulong(_READ_ONLY_BIND), None),"
                  + " \"mount /box\")",
              "pass"),
          Without.of(
              "process 1 that cannot be read", "process 1", "_libc.prctl(4, 0, 0, 0, 0)", "pass"),
          Without.of(
              "descriptors of its own",
              "inherited descriptors",
              "for fd in (starter, *not_for_the_program):",
              "for fd in (starter,):"),
          Without.of(
              "System V namespace",
              "System V memory, semaphores and messages of an earlier run",
              NAMESPACES,
              "_CLONE_NAMESPACES = 0x76020000"));

  @BeforeEach
  void open() throws IOException {
    LocalSandboxSettings settings =
        LocalSandboxSettings.of(directory.resolve("work"), "L2", AbuseSuite.SLOTS)
            .withFirstUserId(AbuseSuite.firstUserId())
            .withZygotes(1);
    sandbox = LocalSandbox.open(settings);
    assertThat(sandbox.idleProcesses()).as(sandbox.report().toString()).isNotEmpty();
    Path note = settings.workDirectory().resolve("root-place");
    Path place =
        Files.exists(note) ? Path.of(Files.readString(note).strip()) : settings.workDirectory();
    script = place.resolve("root/.stage/zygote/sitecustomize.py");
    original = Files.readString(script);
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @TestFactory
  Stream<DynamicTest> succeedsAndIsNoticedWithADefenceOfTheZygoteOff() throws IOException {
    List<HostileProgram> programs = HostilePrograms.all(Architecture.host().orElseThrow());
    return ALL.stream()
        .map(
            without ->
                DynamicTest.dynamicTest(
                    without.program() + " without " + without.defence(),
                    () -> {
                      HostileProgram program =
                          programs.stream()
                              .filter(each -> each.name().equals(without.program()))
                              .findFirst()
                              .orElseThrow();
                      try (AbuseSuite suite = AbuseSuite.on(sandbox)) {
                        assertThat(suite.attempt(program).failures()).isEmpty();
                        zygoteFrom(without.in(original));
                        assertEscapes(suite, program);
                      } finally {
                        zygoteFrom(original);
                      }
                    }));
  }

  @Test
  void withoutNamespacesOfItsOwnNothingBecomesReady() throws Exception {
    for (String fewer : List.of("0x5E020000", "0x3E020000", "0x7E000000", "0x6E020000")) {
      Files.delete(script);
      Files.writeString(script, original.replace(NAMESPACES, "_CLONE_NAMESPACES = " + fewer));
      endZygotes();
      long before = sandbox.servedAhead();
      SandboxFixture.Gathered output = new SandboxFixture.Gathered();
      SandboxFixture.await(
          sandbox.start(SandboxFixture.order("python", "print(1)", SandboxFixture.LIMITS), output));
      sandbox.idleProcesses();
      SandboxFixture.await(
          sandbox.start(SandboxFixture.order("python", "print(2)", SandboxFixture.LIMITS), output));
      assertThat(output.stdout).hasToString("1\n2\n");
      assertThat(sandbox.counters()).containsEntry("sandbox_ready", 0L);
      assertThat(sandbox.servedAhead()).isLessThanOrEqualTo(before + 1);
      sandbox.close();
      open();
    }
  }

  /// The next run may start cold when its sandbox is not ready in time: tries again.
  private static void assertEscapes(AbuseSuite suite, HostileProgram program) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    List<String> noticed;
    do {
      noticed = suite.attempt(program).failures();
    } while (noticed.isEmpty() && System.nanoTime() < deadline);
    assertThat(noticed).anyMatch(failure -> failure.contains("ESCAPED"));
  }

  private void endZygotes() {
    for (long victim : sandbox.idleProcesses()) {
      Signals.kill(victim);
      ProcessHandle.of(victim).ifPresent(process -> process.onExit().join());
    }
  }

  /// Replaces the zygote by one that runs another script.
  private void zygoteFrom(String text) throws Exception {
    Files.delete(script);
    Files.writeString(script, text);
    endZygotes();
    SandboxFixture.await(
        sandbox.start(
            SandboxFixture.order("python", "print(1)", SandboxFixture.LIMITS),
            new SandboxFixture.Gathered()));
    assertThat(sandbox.idleProcesses()).isNotEmpty();
  }
}
