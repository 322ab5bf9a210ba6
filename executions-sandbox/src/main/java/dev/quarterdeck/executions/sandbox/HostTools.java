package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs tools of the host itself, to ask them for their versions.
final class HostTools {
  private static final long PATIENCE_SECONDS = 10;

  /// What a tool answered.
  ///
  /// @param exit its exit code
  /// @param text both its streams
  record Answer(int exit, String text) {}

  private HostTools() {}

  /// Runs a tool with an empty environment and no input.
  ///
  /// @return nothing when it is not there or does not end
  static Optional<Answer> ask(List<String> command) {
    if (!Files.isExecutable(Path.of(command.getFirst()))) {
      return Optional.empty();
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("LANG", "C.UTF-8");
    builder.directory(Path.of("/").toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    try {
      Process process = builder.start();
      CompletableFuture<byte[]> output =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return process.getInputStream().readAllBytes();
                } catch (IOException closed) {
                  return new byte[0];
                }
              },
              task -> Thread.ofPlatform().daemon().start(task));
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String text = new String(output.get(1, TimeUnit.SECONDS), StandardCharsets.UTF_8);
      return Optional.of(new Answer(process.exitValue(), text.strip()));
    } catch (IOException | ExecutionException | TimeoutException failed) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
