package dev.quarterdeck.bookmarks.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The directory of the index. Each building from the store gets a directory of its own in it, with
/// a higher number, so that an older one can answer meanwhile and a half-built one is never taken
/// for whole.
final class Generations {
  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
  private static final String NAME = "generation-";

  private final Path directory;

  Generations(Path directory) {
    this.directory = directory;
  }

  /// The newest, which may be half-built.
  Optional<Path> newest() throws IOException {
    return all().stream().max(Comparator.comparingLong(Generations::number));
  }

  /// A new one, empty.
  Path next() throws IOException {
    long number = newest().map(Generations::number).orElse(0L) + 1;
    return Files.createDirectories(directory.resolve(NAME + number));
  }

  /// Deletes all but one. What cannot be deleted stays for the next time.
  void keepOnly(Path kept) {
    try {
      for (Path generation : all()) {
        if (!generation.equals(kept)) {
          delete(generation);
        }
      }
    } catch (IOException | UncheckedIOException failure) {
      LOG.warn("{}: an old search index is not deleted: {}", directory, failure.getMessage());
    }
  }

  private List<Path> all() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> number(entry) > 0).toList();
    }
  }

  private static long number(Path generation) {
    String name = String.valueOf(generation.getFileName());
    String digits = name.startsWith(NAME) ? name.substring(NAME.length()) : "";
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
