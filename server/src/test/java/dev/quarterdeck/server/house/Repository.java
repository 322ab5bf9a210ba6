package dev.quarterdeck.server.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The checkout that the tests run in.
public final class Repository {
  private Repository() {}

  /// The directory of the root pom.
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("quarterdeck")) || !Files.exists(here.resolve("LICENSE"))) {
      here = Objects.requireNonNull(here.getParent(), "the tests run inside the checkout");
    }
    return here;
  }

  /// Files below the root whose names end so, build folders and hidden ones left out.
  static List<Path> files(String ending) {
    try (Stream<Path> all = Files.walk(root())) {
      return all.filter(Files::isRegularFile)
          .filter(path -> path.getFileName().toString().endsWith(ending))
          .filter(path -> !root().relativize(path).toString().matches("(.*/)?(target|\\.git)/.*"))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
