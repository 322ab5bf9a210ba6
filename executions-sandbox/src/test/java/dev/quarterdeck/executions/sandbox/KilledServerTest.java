package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.SandboxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KilledServerTest {
  /// A server that runs a program with daemons until it is killed.
  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws SandboxException {
      SandboxFixture fixture = new SandboxFixture(Path.of(arguments[0]));
      SandboxFixture.Gathered output = new SandboxFixture.Gathered();
      RunLimits limits =
          new RunLimits(
              Duration.ofMinutes(10),
              Duration.ofMinutes(5),
              128L << 20,
              1000,
              64,
              1 << 20,
              1 << 20,
              100,
              1 << 20);
      var run =
          fixture.sandbox.start(
              SandboxFixture.order(
                  "bash", "for i in 1 2 3; do setsid sleep 600 & done; echo ready; wait", limits),
              output);
      output.awaitStdout("ready");
      System.out.println("ready");
      SandboxFixture.await(run);
    }
  }

  @Test
  void leavesNoProcessAndTheNextServerClearsTheRest(@TempDir Path directory)
      throws IOException, SandboxException, InterruptedException {
    Path work = directory.resolve("w");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                work.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<ProcessHandle> inside;
    try (BufferedReader lines = server.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("ready");
      inside = server.descendants().toList();
      assertThat(inside.size()).isGreaterThanOrEqualTo(5);
      server.destroyForcibly().waitFor();
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (inside.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    assertThat(inside).noneMatch(ProcessHandle::isAlive);
    List<String> left = HostState.groups(work);
    try (SandboxFixture next = new SandboxFixture(work)) {
      assertThat(next.run("bash", "echo again").stdout()).isEqualTo("again\n");
      assertThat(HostState.groups(work)).noneMatch(group -> group.contains("run-"));
    }
    assertThat(HostState.groups(work)).as("before: " + left).isEmpty();
  }

  @Test
  void aGroupThatNobodyWroteDownDoesNotLowerTheLevel(@TempDir Path directory) throws IOException {
    Path work = Files.createDirectory(directory.resolve("w"));
    String level;
    try (SandboxFixture first = new SandboxFixture(work)) {
      level = first.sandbox.report().level();
    }
    HostGroups host = HostGroups.read();
    String name = "quarterdeck-" + Integer.toHexString(work.toRealPath().toString().hashCode());
    if (level.equals("L3") && host.v1().containsKey("memory")) {
      Files.createDirectories(host.v1().get("memory").resolve(name).resolve("run-7"));
    }
    try (SandboxFixture next = new SandboxFixture(work)) {
      assertThat(next.sandbox.report().level()).isEqualTo(level);
    }
    assertThat(HostState.groups(work)).isEmpty();
  }
}
