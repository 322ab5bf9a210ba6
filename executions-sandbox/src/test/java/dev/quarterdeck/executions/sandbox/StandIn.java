package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// A program that stands in for bubblewrap and can leave defences out, in a directory that the
/// users of the slots can reach.
record StandIn(Path place) implements AutoCloseable {
  static StandIn make() throws IOException {
    Path place = Files.createTempDirectory(Path.of("/tmp"), "quarterdeck-controls-");
    permit(place, "rwxr-xr-x");
    for (String shared : Set.of("tmp", "shm")) {
      permit(Files.createDirectory(place.resolve(shared)), "rwxrwxrwx");
    }
    StandIn made = new StandIn(place);
    made.leaveOut(Set.of());
    try (InputStream script = StandIn.class.getResourceAsStream("bwrap-without.py")) {
      Files.copy(Objects.requireNonNull(script), made.path());
    }
    permit(made.path(), "rwxr-xr-x");
    return made;
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /// The program.
  Path path() {
    return place.resolve("bwrap");
  }

  /// Starts sandboxes without these from now on.
  void leaveOut(Set<Defence> off) throws IOException {
    Files.writeString(
        place.resolve("off"), off.stream().map(Defence::name).collect(Collectors.joining("\n")));
  }

  @Override
  public void close() throws IOException {
    RootDirectory.delete(place);
  }
}
