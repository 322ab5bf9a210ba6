package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Each hostile program again with the one defence off that should stop it: it succeeds, and the
/// suite notices. So no program of the suite passes for another reason than the defence.
@Tag("slow")
class ControlsTest {
  private static final int AT_ONCE = 3;

  @TempDir Path directory;

  private StandIn bubblewrap;
  private LocalSandbox strongest;

  /// Without control groups, which would kill what outlives its process namespace; started by the
  /// stand-in for bubblewrap.
  private LocalSandbox weakened;

  @BeforeEach
  void open() throws IOException {
    bubblewrap = StandIn.make();
    strongest = LocalSandbox.open(settings("strongest"));
    weakened =
        LocalSandbox.openWithoutGroups(settings("weakened").withBubblewrap(bubblewrap.path()));
    assertThat(weakened.report().mayRun()).as(weakened.report().toString()).isTrue();
  }

  private LocalSandboxSettings settings(String name) {
    return LocalSandboxSettings.of(directory.resolve(name), "L2", AbuseSuite.SLOTS)
        .withFirstUserId(AbuseSuite.firstUserId());
  }

  @AfterEach
  void close() throws IOException {
    strongest.close();
    weakened.close();
    bubblewrap.close();
  }

  @TestFactory
  Stream<DynamicTest> succeedsAndIsNoticedWithItsDefenceOff()
      throws IOException, InterruptedException {
    List<HostileProgram> programs = HostilePrograms.all(Architecture.host().orElseThrow());
    Map<String, Set<Defence>> controls = Controls.all();
    Map<String, List<String>> noticed = new LinkedHashMap<>();
    try (AbuseSuite suite = AbuseSuite.on(strongest)) {
      noticed.putAll(withLimitsRaised(suite, programs, controls));
    }
    try (AbuseSuite suite = AbuseSuite.on(weakened)) {
      rootBelongsToTheFirstSlot();
      for (HostileProgram program : programs) {
        Set<Defence> off = controls.getOrDefault(program.name(), Set.of());
        if (!off.isEmpty() && off.stream().noneMatch(Defence::isLimit)) {
          bubblewrap.leaveOut(off);
          noticed.put(program.name(), attempt(suite, program));
        }
      }
      bubblewrap.leaveOut(Set.of());
    }
    System.out.println(
        programs.size()
            + " hostile programs, "
            + noticed.size()
            + " controls, skipped "
            + (programs.size() - noticed.size()));
    return Stream.concat(
        programs.stream()
            .map(
                program ->
                    DynamicTest.dynamicTest(
                        program + " without " + controls.get(program.name()),
                        () ->
                            assertSucceeded(
                                program, noticed.getOrDefault(program.name(), List.of())))),
        Stream.of(
            DynamicTest.dynamicTest(
                "every program has a control, and every control a program",
                () ->
                    assertThat(controls.keySet())
                        .containsExactlyInAnyOrderElementsOf(
                            programs.stream().map(HostileProgram::name).toList()))));
  }

  /// The attack itself must have worked: that the sandbox broke without the defence is not enough.
  private static void assertSucceeded(HostileProgram program, List<String> noticed) {
    assertThat(noticed).isNotEmpty();
    if (program.probes()) {
      assertThat(noticed).anyMatch(failure -> failure.contains("ESCAPED"));
    } else if (!program.name().equals("signals to its parent")) {
      assertThat(noticed).noneMatch(failure -> failure.contains("SANDBOX_ERROR"));
    }
  }

  private static Map<String, List<String>> withLimitsRaised(
      AbuseSuite suite, List<HostileProgram> programs, Map<String, Set<Defence>> controls)
      throws InterruptedException {
    Map<String, Future<AbuseSuite.Attempt>> tried = new LinkedHashMap<>();
    Map<String, List<String>> noticed = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (HostileProgram program : programs) {
        Set<Defence> off = controls.getOrDefault(program.name(), Set.of());
        if (off.stream().anyMatch(Defence::isLimit)) {
          HostileProgram raised = program;
          for (Defence limit : off) {
            raised = limit.raise(raised);
          }
          HostileProgram last = raised;
          tried.put(program.name(), threads.submit(() -> suite.attempt(last, program)));
        }
      }
      for (Map.Entry<String, Future<AbuseSuite.Attempt>> attempt : tried.entrySet()) {
        noticed.put(attempt.getKey(), attempt.getValue().get().failures());
      }
    } catch (ExecutionException failed) {
      throw new AssertionError(failed);
    }
    return noticed;
  }

  /// What the suite notices of a program, lost processes included, which are waited for.
  private List<String> attempt(AbuseSuite suite, HostileProgram program) throws IOException {
    List<String> noticed = new ArrayList<>(suite.attempt(program).failures());
    List<String> strays = HostState.strays(weakened.settings());
    noticed.addAll(strays);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!strays.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      strays = HostState.strays(weakened.settings());
    }
    assertThat(strays).as("left by " + program).isEmpty();
    return noticed;
  }

  /// As root, the root directory is safe from the users of the slots by its owner, too.
  private void rootBelongsToTheFirstSlot() throws IOException {
    Path note = directory.resolve("weakened").resolve("root-place");
    if (Files.exists(note)) {
      Path root = Path.of(Files.readString(note).strip()).resolve("root");
      Files.setAttribute(root, "unix:uid", weakened.settings().firstUserId());
    }
  }
}
