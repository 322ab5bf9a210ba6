package dev.quarterdeck.server;

import dev.quarterdeck.events.EventHandler;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.server.settings.AppSettingsBinder;
import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A real server in this process: real settings, store, sandbox and sockets; profile test, a free
/// port of 127.0.0.1, a data directory of its own.
public final class TestServer implements AutoCloseable {
  private final QuarterdeckServer server;
  private final Path directory;
  private final boolean ownsDirectory;

  private TestServer(QuarterdeckServer server, Path directory, boolean ownsDirectory) {
    this.server = server;
    this.directory = directory;
    this.ownsDirectory = ownsDirectory;
  }

  /// Starts with these settings, `KEY=VALUE` each, over those of the class comment.
  public static TestServer start(String... assignments) throws Exception {
    return start(Map.of(), assignments);
  }

  /// Starts with these variables (secrets come from the environment only) and settings.
  public static TestServer start(Map<String, String> environment, String... assignments)
      throws Exception {
    Path directory = Files.createTempDirectory("quarterdeck test");
    return start(directory, true, environment, assignments);
  }

  /// Starts over a directory that outlives the server.
  public static TestServer startIn(Path directory, String... assignments) throws Exception {
    return start(directory, false, Map.of(), assignments);
  }

  /// Starts over a directory that outlives the server, with these variables.
  public static TestServer startIn(
      Path directory, Map<String, String> environment, String... assignments) throws Exception {
    return start(directory, false, environment, assignments);
  }

  /// Starts over a directory that outlives the server, with this handler of events and this clock.
  public static TestServer startIn(
      Path directory, EventHandler handler, InstantSource clock, String... assignments)
      throws Exception {
    Loaded<AppSettings> loaded = load(directory, Map.of(), assignments);
    return new TestServer(
        QuarterdeckServer.start(loaded, List.of(handler), clock), directory, false);
  }

  private static TestServer start(
      Path directory, boolean owns, Map<String, String> environment, String... assignments)
      throws Exception {
    Loaded<AppSettings> loaded = load(directory, environment, assignments);
    return new TestServer(QuarterdeckServer.start(loaded), directory, owns);
  }

  static Loaded<AppSettings> load(
      Path directory, Map<String, String> environment, String... assignments) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "PROFILE", "test",
                "SERVER_HOST", "127.0.0.1",
                "SERVER_PORT", "0",
                "DATA_DIR", directory.resolve("data").toString()));
    variables.putAll(environment);
    List<String> arguments = new ArrayList<>(List.of(assignments));
    return Settings.of(AppSettingsBinder.INSTANCE)
        .environment(variables)
        .arguments(arguments)
        .load();
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// The server itself.
  public QuarterdeckServer server() {
    return server;
  }

  /// Where it listens.
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /// Its data directory.
  public Path dataDirectory() {
    return directory.resolve("data");
  }

  /// A client without credentials.
  public TestClient client() {
    return new TestClient(address());
  }

  /// A client that is logged in as the seeded `user`.
  public TestClient user() throws IOException, InterruptedException {
    return client().login("user", "user123");
  }

  /// A client that is logged in as the seeded `admin`.
  public TestClient admin() throws IOException, InterruptedException {
    return client().login("admin", "admin123");
  }

  @Override
  public void close() throws IOException {
    server.stop(Duration.ofSeconds(10));
    if (ownsDirectory) {
      try (Stream<Path> left = Files.walk(directory)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
