package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
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

  /// A directory that the users of the slots can reach, which the test's own is not.
  private Path place;

  private LocalSandbox strongest;

  /// Without control groups, which would kill what outlives its process namespace; started by the
  /// stand-in for bubblewrap.
  private LocalSandbox weakened;

  @BeforeEach
  void open() throws IOException {
    place = Files.createTempDirectory(Path.of("/tmp"), "quarterdeck-controls-");
    permit(place, "rwxr-xr-x");
    for (String shared : List.of("tmp", "shm")) {
      permit(Files.createDirectory(place.resolve(shared)), "rwxrwxrwx");
    }
    switchOff(Set.of());
    Path standIn = place.resolve("bwrap");
    try (InputStream script = ControlsTest.class.getResourceAsStream("bwrap-without.py")) {
      Files.copy(Objects.requireNonNull(script), standIn);
    }
    permit(standIn, "rwxr-xr-x");
    strongest = LocalSandbox.open(settings("strongest"));
    weakened = LocalSandbox.openWithoutGroups(settings("weakened").withBubblewrap(standIn));
    assertThat(weakened.report().mayRun()).as(weakened.report().toString()).isTrue();
  }

  private LocalSandboxSettings settings(String name) {
    return LocalSandboxSettings.of(directory.resolve(name), "L2", AbuseSuite.SLOTS);
  }

  @AfterEach
  void close() throws IOException {
    strongest.close();
    weakened.close();
    RootDirectory.delete(place);
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private void switchOff(Set<Defence> off) throws IOException {
    Files.writeString(
        place.resolve("off"), off.stream().map(Defence::name).collect(Collectors.joining("\n")));
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
          switchOff(off);
          noticed.put(program.name(), attempt(suite, program));
        }
      }
      switchOff(Set.of());
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
                        () -> assertSucceeded(program, noticed.get(program.name())))),
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
          tried.put(program.name(), threads.submit(() -> suite.attempt(last)));
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
