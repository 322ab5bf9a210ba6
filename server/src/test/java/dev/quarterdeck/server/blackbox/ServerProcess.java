package dev.quarterdeck.server.blackbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `serve` as a child process on a free port of loopback: profile development, login on, durability
/// as it comes, no rate limit that a test could meet. What it logs goes to `server.log` in its
/// home.
final class ServerProcess implements AutoCloseable {
  private static final Pattern GREETING = Pattern.compile("on (http://127\\.0\\.0\\.1:\\d+)$");
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final URI address;

  private ServerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /// Starts over the data directory in this home, and returns when it greets.
  ///
  /// @param variables `NAME=VALUE` each, over those of the class comment
  static ServerProcess start(Path home, String... variables)
      throws IOException, InterruptedException {
    return startUnder(List.of(), home, variables);
  }

  /// The same below another program.
  static ServerProcess startUnder(List<String> wrapper, Path home, String... variables)
      throws IOException, InterruptedException {
    Path log = home.resolve("server.log");
    Process process =
        Quarterdeck.process(home, wrapper, variables(home, variables), "serve")
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    CompletableFuture<URI> address = new CompletableFuture<>();
    Thread.ofVirtual().name("greeting").start(() -> read(process, address));
    try {
      return new ServerProcess(process, address.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException silent) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          "expected: a greeting; the log says " + Files.readString(log), silent);
    }
  }

  /// The variables that [#start] gives to the server.
  static Map<String, String> variables(Path home, String... more) {
    Map<String, String> all = new HashMap<>();
    all.put("SERVER_HOST", "127.0.0.1");
    all.put("SERVER_PORT", "0");
    all.put("DATA_DIR", data(home).toString());
    all.put("RATE_LIMITS", "1000000/second");
    for (String variable : more) {
      String[] parts = variable.split("=", 2);
      all.put(parts[0], parts[1]);
    }
    return all;
  }

  /// The data directory of a server with this home.
  static Path data(Path home) {
    return home.resolve("data directory");
  }

  private static void read(Process process, CompletableFuture<URI> address) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher greeting = GREETING.matcher(line);
        if (greeting.find()) {
          address.complete(URI.create(greeting.group(1)));
        }
      }
      address.completeExceptionally(new IOException("it ended without a greeting"));
    } catch (IOException broken) {
      address.completeExceptionally(broken);
    }
  }

  URI address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /// A client without credentials.
  Client client() {
    return new Client(address);
  }

  /// A client that is logged in as the seeded `user`.
  Client user() {
    return client().login("user", "user123");
  }

  /// A client that is logged in as the seeded `admin`.
  Client admin() {
    return client().login("admin", "admin123");
  }

  /// SIGTERM; does not wait.
  void terminate() {
    process.destroy();
  }

  /// SIGKILL; returns when the process is gone.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// The exit code, awaited.
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("expected: the server ends within " + PATIENCE_SECONDS + " s");
    }
    return process.exitValue();
  }

  /// Stops it in good order; kills it when that fails.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// What servers with this home have logged.
  static String log(Path home) {
    try {
      return Files.readString(home.resolve("server.log"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
