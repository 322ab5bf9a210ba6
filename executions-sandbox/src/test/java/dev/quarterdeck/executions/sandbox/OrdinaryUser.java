package dev.quarterdeck.executions.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A JVM of its own for what must not be tried as root: as an ordinary user whom nothing else on
/// the machine is, in a directory that is deleted afterwards.
final class OrdinaryUser implements AutoCloseable {
  private static final int FIRST_USER_ID = 61_100;
  private static final int RANGE = 80;
  private static final long PATIENCE_SECONDS = 400;

  private final Path place;
  private final String classPath;
  private final int user;

  OrdinaryUser() throws IOException {
    user = FIRST_USER_ID + (int) (ProcessHandle.current().pid() % RANGE);
    place = Files.createTempDirectory(Path.of("/tmp"), "quarterdeck-user-");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (Files.exists(from) && !from.getFileName().toString().matches("(junit|assertj).*")) {
        Path to = place.resolve("classes-" + copies.size());
        copy(from, to);
        copies.add(to.toString());
      }
    }
    classPath = String.join(File.pathSeparator, copies);
    Files.createDirectory(home());
    if (HostProbe.isRoot()) {
      Files.setAttribute(home(), "unix:uid", user);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.copy(file, copy);
        Files.setPosixFilePermissions(
            copy,
            PosixFilePermissions.fromString(Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  /// A directory that belongs to him.
  Path home() {
    return place.resolve("home of the user");
  }

  /// Starts a class's main method.
  ///
  /// @param around a command that ends by starting the command line that follows it
  Process start(List<String> around, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (HostProbe.isRoot()) {
      String id = Integer.toString(user);
      command.addAll(List.of("/usr/bin/setpriv", "--reuid", id, "--regid", id));
      command.addAll(List.of("--clear-groups", "--inh-caps=-all"));
    }
    command.addAll(around);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(home().toFile())
        .redirectErrorStream(true)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(place.resolve("said").toFile())
        .start();
  }

  /// Waits for its end.
  ///
  /// @return what it wrote
  String await(Process process) throws IOException, InterruptedException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    return said() + (ended ? "" : "\nkilled: it did not end");
  }

  /// What it wrote so far.
  String said() throws IOException {
    return Files.readString(place.resolve("said"), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    RootDirectory.delete(place);
  }
}
