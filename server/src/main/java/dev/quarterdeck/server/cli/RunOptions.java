package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// What a run is given beyond its program: files and variables.
final class RunOptions {
  private static final long FILES_LIMIT = 10_000_000;

  @Option(
      names = "--file",
      paramLabel = "PATH[=NAME]",
      description = "File or directory that lies beside the program. May be repeated.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Environment variable of the program. May be repeated.")
  private List<String> variables = new ArrayList<>();

  /// The files, each under the name that the program finds it by.
  ///
  /// @throws IllegalArgumentException with the option and what is wrong
  List<SourceFile> files() {
    List<SourceFile> found = new ArrayList<>();
    long bytes = 0;
    for (String each : files) {
      int equals = each.lastIndexOf('=');
      Path path = Path.of(equals < 0 ? each : each.substring(0, equals));
      String name =
          equals < 0 ? path.normalize().getFileName().toString() : each.substring(equals + 1);
      for (SourceFile file : read(path, name)) {
        Optional<String> fault = SourceFile.fault(file.name());
        if (fault.isPresent()) {
          throw new IllegalArgumentException(
              "--file: " + file.name() + " (expected: " + fault.get() + ")");
        }
        bytes += file.content().length;
        if (bytes > FILES_LIMIT) {
          throw new IllegalArgumentException(
              "--file: all files have more than " + FILES_LIMIT + " bytes (expected: fewer)");
        }
        found.add(file);
      }
    }
    return found;
  }

  private static List<SourceFile> read(Path path, String name) {
    try (Stream<Path> tree = Files.walk(path)) {
      List<SourceFile> found = new ArrayList<>();
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        String relative = path.relativize(file).toString();
        if (Files.size(file) > FILES_LIMIT) {
          throw new IllegalArgumentException(
              "--file: %s has %d bytes (expected: at most %d)"
                  .formatted(file, Files.size(file), FILES_LIMIT));
        }
        found.add(
            new SourceFile(
                relative.isEmpty() ? name : name + "/" + relative, Files.readAllBytes(file)));
      }
      return found;
    } catch (UncheckedIOException failure) {
      throw unreadable(path, failure.getCause() == null ? new IOException() : failure.getCause());
    } catch (IOException failure) {
      throw unreadable(path, failure);
    }
  }

  private static IllegalArgumentException unreadable(Path path, IOException failure) {
    return new IllegalArgumentException(
        "--file: " + path + " cannot be read: " + QuarterdeckCommand.reason(failure), failure);
  }

  /// Where the files come from.
  List<Path> paths() {
    return files.stream()
        .map(
            each ->
                Path.of(
                    each.lastIndexOf('=') < 0 ? each : each.substring(0, each.lastIndexOf('='))))
        .toList();
  }

  /// The variables.
  ///
  /// @throws IllegalArgumentException one is no assignment
  Map<String, String> variables() {
    Map<String, String> found = new LinkedHashMap<>();
    for (String each : variables) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("--env: " + each + " (expected: NAME=VALUE)");
      }
      found.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return found;
  }
}
