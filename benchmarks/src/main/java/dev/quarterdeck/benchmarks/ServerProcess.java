package dev.quarterdeck.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server of our own, started for the measurement on a free port with an empty data directory.
final class ServerProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("http://[^ ]+");
  private final Process process;
  private final Path directory;
  private final URI address;
  private final boolean kept;
  private final Process companion;

  private ServerProcess(
      Process process, Process companion, Path directory, URI address, boolean kept) {
    this.process = process;
    this.companion = companion;
    this.directory = directory;
    this.address = address;
    this.kept = kept;
  }

  /// Default durability and login; only the rate limit is raised above what is measured.
  static ServerProcess start(Path launcher) throws IOException {
    return start(launcher, Files.createTempDirectory("quarterdeck-benchmark"), "", false);
  }

  /// The same over a directory that stays when the server is closed.
  static ServerProcess start(Path launcher, Path directory, String javaOptions) throws IOException {
    return start(launcher, directory, javaOptions, true);
  }

  private static ServerProcess start(
      Path launcher, Path directory, String javaOptions, boolean kept) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                launcher.toString(),
                "serve",
                "--set",
                "SERVER_HOST=127.0.0.1",
                "--set",
                "SERVER_PORT=0",
                "--set",
                "DATA_DIR=" + directory.resolve("data"),
                "--set",
                "LOG_LEVEL=WARN",
                "--set",
                "RATE_LIMITS=10000000/minute")
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!javaOptions.isEmpty()) {
      builder.environment().put("QUARTERDECK_JAVA_OPTIONS", javaOptions);
    }
    Process process = builder.start();
    Process companion = companion(process.pid());
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line; (line = output.readLine()) != null; ) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return new ServerProcess(process, companion, directory, URI.create(address.group()), kept);
      }
    }
    end(companion);
    throw new IOException("the server ended before it named its address");
  }

  /// Starts a process that ends the server when this one ends, however it does: the input of the
  /// companion ends then.
  private static Process companion(long server) throws IOException {
    return new ProcessBuilder(
            "/bin/sh", "-c", "while read -r line; do :; done; kill \"$1\"", "sh", "" + server)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void end(Process companion) {
    companion.destroyForcibly();
  }

  URI address() {
    return address;
  }

  /// The server's process: the launcher becomes it.
  long pid() {
    return process.pid();
  }

  /// The most memory that the process has had in use, in megabytes; 0 where nobody counts it.
  long peakMegabytes() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException ended) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    end(companion);
    if (!kept) {
      delete(directory);
    }
  }

  static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
