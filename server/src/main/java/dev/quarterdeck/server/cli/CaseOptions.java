package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.TestCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Inputs that a program is run with, one after the other.
final class CaseOptions {
  private static final long LIMIT = 10_000_000;

  @Option(
      names = "--case",
      paramLabel = "PATH",
      description =
          "Runs the program with this file as standard input; of a directory, with each *.in. What"
              + " NAME.out beside NAME.in holds is expected on standard output. May be repeated.")
  private List<Path> paths = new ArrayList<>();

  boolean any() {
    return !paths.isEmpty();
  }

  /// The cases by name.
  ///
  /// @throws IllegalArgumentException one cannot be read, or there are too many
  Map<String, TestCase> read(List<String> arguments, int most) {
    Map<String, TestCase> cases = new LinkedHashMap<>();
    try {
      for (Path path : paths) {
        for (Path file : files(path)) {
          cases.put(file.toString(), read(file, arguments));
        }
      }
    } catch (UncheckedIOException failure) {
      throw unreadable(failure.getCause() == null ? new IOException() : failure.getCause());
    } catch (IOException failure) {
      throw unreadable(failure);
    }
    if (cases.isEmpty()) {
      throw new IllegalArgumentException(
          "--case: " + paths + " (expected: a directory with files named *.in)");
    }
    if (cases.size() > most) {
      throw new IllegalArgumentException(
          "--case: %d cases (expected: at most %d, RUN_MAX_CASES)".formatted(cases.size(), most));
    }
    return cases;
  }

  private static IllegalArgumentException unreadable(IOException failure) {
    return new IllegalArgumentException(
        "--case: "
            + failure.getMessage()
            + " cannot be read: "
            + QuarterdeckCommand.reason(failure),
        failure);
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside
          .filter(file -> file.toString().endsWith(".in") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static TestCase read(Path file, List<String> arguments) throws IOException {
    String name = file.toString();
    Path expected = Path.of(name.replaceFirst("\\.in$", "") + ".out");
    return new TestCase(
        text(file),
        arguments,
        name.endsWith(".in") && Files.isRegularFile(expected)
            ? Optional.of(text(expected))
            : Optional.empty());
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > LIMIT) {
      throw new IllegalArgumentException(
          "--case: %s has %d bytes (expected: at most %d)"
              .formatted(file, Files.size(file), LIMIT));
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
