package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every hostile program ends with the right verdict for the right reason, leaves the host as it
/// was, and the next run is not affected; at the strongest level of this machine and at L2.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseTest {
  private static final RunLimits TIGHT =
      new RunLimits(
          Duration.ofSeconds(6),
          Duration.ofSeconds(1),
          128L << 20,
          2000,
          32,
          8 << 20,
          16 << 20,
          500,
          64 << 10);

  private SandboxFixture strongest;
  private SandboxFixture second;
  private ServerSocket listener;
  private List<HostilePrograms.Hostile> programs;
  private Path work;
  private int ran;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    programs = HostilePrograms.all(secret.toString(), listener.getLocalPort());
    work = directory.resolve("work");
    LocalSandboxSettings settings = LocalSandboxSettings.of(work, "L2", 4);
    strongest = new SandboxFixture(settings);
    second =
        new SandboxFixture(
            LocalSandbox.openWithoutGroups(
                LocalSandboxSettings.of(directory.resolve("work2"), "L2", 4)));
  }

  @AfterAll
  void close() throws IOException {
    String level = strongest.sandbox.report().level();
    System.out.println(
        "sandbox level "
            + level
            + ", "
            + ran
            + " hostile programs, skipped "
            + (2 * programs.size() - ran));
    strongest.close();
    second.close();
    listener.setSoTimeout(1);
    org.assertj.core.api.Assertions.assertThatThrownBy(listener::accept)
        .as("nobody ever reached the host's loopback")
        .isInstanceOf(java.net.SocketTimeoutException.class);
    listener.close();
    assertThat(ran).as("no program was skipped").isEqualTo(2 * programs.size());
    assertThat(level).as("the strongest level of this machine").isEqualTo(possibleLevel());
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

  Stream<HostilePrograms.Hostile> programs() {
    return programs.stream();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void isContainedAtTheStrongestLevel(HostilePrograms.Hostile hostile)
      throws SandboxException, IOException {
    contain(strongest, hostile);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void isContainedAtLevelTwo(HostilePrograms.Hostile hostile) throws SandboxException, IOException {
    contain(second, hostile);
  }

  private void contain(SandboxFixture fixture, HostilePrograms.Hostile hostile)
      throws SandboxException, IOException {
    HostState before = HostState.now(work);
    SandboxFixture.Outcome outcome =
        fixture.run(SandboxFixture.order(hostile.language(), hostile.source(), TIGHT));
    HostState after = HostState.now(work);
    RunResult result = outcome.result();
    String seen = result + "\n" + outcome.stdout() + outcome.stderr();
    assertThat(result.verdict()).as(seen).isIn(hostile.verdicts());
    assertThat(result.evidence()).contains(hostile.evidence());
    assertThat(outcome.stdout()).as(seen).doesNotContain("ESCAPED");
    if (hostile.source().contains("attempt('")) {
      assertThat(outcome.stdout()).as(seen).contains("contained");
    }
    assertThat(outcome.stdoutBytes().length).isLessThanOrEqualTo((int) TIGHT.outputBytes());
    assertThat(result.level()).isEqualTo(fixture.sandbox.report().level());
    assertThat(after).isEqualTo(before);
    assertThat(fixture.run("python", "print(1)").stdout()).isEqualTo("1\n");
    ran++;
  }
}
