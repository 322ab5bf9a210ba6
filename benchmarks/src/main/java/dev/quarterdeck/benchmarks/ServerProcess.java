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

  private ServerProcess(Process process, Path directory, URI address) {
    this.process = process;
    this.directory = directory;
    this.address = address;
  }

  /// Default durability and login; only the rate limit is raised above what is measured.
  static ServerProcess start(Path launcher) throws IOException {
    Path directory = Files.createTempDirectory("quarterdeck-benchmark");
    Process process =
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
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line; (line = output.readLine()) != null; ) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return new ServerProcess(process, directory, URI.create(address.group()));
      }
    }
    throw new IOException("the server ended before it named its address");
  }

  URI address() {
    return address;
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
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
