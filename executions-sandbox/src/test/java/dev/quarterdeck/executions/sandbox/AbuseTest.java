package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every hostile program ends with the right verdict for the right reason, leaves the host as it
/// was, and another user is served meanwhile; at the strongest level of this machine and at L2.
@Tag("slow")
class AbuseTest {
  @TempDir Path directory;

  private LocalSandboxSettings settings() {
    return LocalSandboxSettings.of(directory.resolve("work"), "L2", AbuseSuite.SLOTS)
        .withFirstUserId(AbuseSuite.firstUserId());
  }

  @TestFactory
  Stream<DynamicTest> isContainedAtTheStrongestLevel() throws IOException, InterruptedException {
    try (LocalSandbox sandbox = LocalSandbox.open(settings())) {
      assertThat(sandbox.report().level())
          .as("the strongest level of this machine")
          .isEqualTo(possibleLevel());
      return results(sandbox);
    }
  }

  @TestFactory
  Stream<DynamicTest> isContainedAtLevelTwo() throws IOException, InterruptedException {
    try (LocalSandbox sandbox = LocalSandbox.openWithoutGroups(settings())) {
      return results(sandbox);
    }
  }

  @TestFactory
  Stream<DynamicTest> isContainedInSandboxesThatWereReady()
      throws IOException, InterruptedException {
    LocalSandboxSettings ahead =
        settings().withZygotes(AbuseSuite.READY).withRuntimes(AbuseSuite.RUNTIMES, 200L << 20);
    try (LocalSandbox sandbox = LocalSandbox.open(ahead)) {
      sandbox.awaitReady();
      return results(sandbox);
    }
  }

  private static Stream<DynamicTest> results(LocalSandbox sandbox)
      throws IOException, InterruptedException {
    assertThat(sandbox.report().mayRun()).as(sandbox.report().toString()).isTrue();
    List<DynamicTest> tests = new ArrayList<>();
    try (AbuseSuite suite = AbuseSuite.on(sandbox)) {
      Set<String> names =
          suite.programs().stream().map(HostileProgram::name).collect(Collectors.toSet());
      assertThat(names).as("different programs").hasSize(suite.programs().size());
      AbuseSuite.Summary summary =
          suite.run(
              attempt ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          attempt.family() + ": " + attempt.name(),
                          () -> assertThat(attempt.failures()).as(attempt.detail()).isEmpty())));
      System.out.println(
          "sandbox level "
              + sandbox.report().level()
              + ", "
              + sandbox.servedAhead()
              + " runs were ready, "
              + summary.programs()
              + " hostile programs, skipped "
              + summary.skipped()
              + "; "
              + summary.served()
              + " runs of another user meanwhile, the slowest "
              + summary.slowestMillis()
              + " ms");
      tests.add(
          DynamicTest.dynamicTest(
              "the host is as before, and another user was served",
              () -> {
                assertThat(summary.failures()).isEmpty();
                assertThat(summary.skipped()).isZero();
                assertThat(summary.programs()).isGreaterThanOrEqualTo(40);
                assertThat(summary.served()).isGreaterThan(10);
              }));
    }
    return tests.stream();
  }

  /// What the machine would allow, judged without the probe.
  private static String possibleLevel() throws IOException {
    HostGroups groups = HostGroups.read();
    boolean v1 =
        groups.v1().keySet().containsAll(ControlGroupsV1.CONTROLLERS)
            && groups.v1().values().stream().allMatch(Files::isWritable);
    boolean v2 =
        groups.v2().isPresent()
            && Files.isWritable(groups.v2().get())
            && GroupFiles.read(groups.v2().get().resolve("cgroup.controllers")).contains("memory");
    return v1 || v2 ? "L3" : "L2";
  }
}
