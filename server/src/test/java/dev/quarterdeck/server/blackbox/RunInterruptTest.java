package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunInterruptTest {
  @TempDir private Path home = Path.of("");

  @Test
  void leavesNothingBehindWhenItIsStopped() throws IOException, InterruptedException {
    Path temporary = Files.createDirectory(home.resolve("temporary"));
    Path program = home.resolve("sleep.py");
    Files.writeString(program, "import time\nprint('up', flush=True)\ntime.sleep(600)\n");
    Process run =
        Quarterdeck.process(
                home,
                List.of(),
                Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
                "run",
                program.toString())
            .redirectError(home.resolve("errors").toFile())
            .start();
    try {
      byte[] first = run.getInputStream().readNBytes(3);
      assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("up\n");
      run.toHandle().destroy();
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      run.destroyForcibly();
    }
    assertThat(run.exitValue()).isEqualTo(128 + 15);
    assertThat(home.resolve("errors")).content().contains("cancelled");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("quarterdeck"));
    }
  }
}
