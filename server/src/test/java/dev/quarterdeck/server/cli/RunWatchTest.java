package dev.quarterdeck.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.Awaiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `run --watch`.
class RunWatchTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void runsAgainWhenTheFileChangesAlsoWhileTheProgramRuns()
      throws IOException, InterruptedException {
    Path program = directory.resolve("my program.py");
    Files.writeString(program, "print('first')");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    Thread command =
        Thread.ofPlatform()
            .start(() -> CommandLines.execute(terminal, "run", "--watch", program.toString()));
    await(err, "waits for a change of ");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("first\n");

    Files.writeString(
        program, "import time; print('second', flush=True); time.sleep(100); print('never')");
    await(out, "second\n");
    Files.writeString(program, "print('third, and longer')");
    await(out, "third, and longer\n");

    command.interrupt();
    command.join();
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("never");
  }

  private static void await(ByteArrayOutputStream stream, String text) {
    Awaiting.until(text, () -> stream.toString(StandardCharsets.UTF_8).contains(text));
  }
}
