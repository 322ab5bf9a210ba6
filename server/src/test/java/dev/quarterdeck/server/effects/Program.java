package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `quarterdeck serve` in a process and a directory of its own: profile test, a free port of
/// 127.0.0.1.
final class Program implements AutoCloseable {
  private static final String LAST_OF_GREETING = "log in as";
  private final Process process;
  private final BufferedReader out;
  private final Path log;

  Program(Path directory, Map<String, String> variables) throws IOException {
    this(directory, variables, List.of());
  }

  /// @param wrapper the command that runs it
  Program(Path directory, Map<String, String> variables, List<String> wrapper) throws IOException {
    Files.createDirectories(directory);
    this.log = directory.resolve("log");
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(variables);
    builder.environment().put("PROFILE", "test");
    builder.environment().put("SERVER_HOST", "127.0.0.1");
    builder.environment().put("SERVER_PORT", "0");
    builder.environment().put("DATA_DIR", directory.resolve("data").toString());
    this.process = builder.redirectError(Redirect.to(log.toFile())).start();
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /// What it prints once it listens.
  List<String> greeting() throws IOException {
    List<String> lines = new ArrayList<>();
    do {
      String line = out.readLine();
      assertThat(line).as(() -> "after " + lines + ", log: " + read()).isNotNull();
      lines.add(line);
    } while (!lines.getLast().startsWith(LAST_OF_GREETING));
    return lines;
  }

  /// Stops it once it listens.
  ///
  /// @return its whole log
  List<String> stop() throws IOException, InterruptedException {
    assertThat(greeting().getFirst()).contains("profile test");
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(log);
  }

  private String read() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
