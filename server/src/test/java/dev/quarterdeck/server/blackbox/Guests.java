package dev.quarterdeck.server.blackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What sandboxes of a server leave on the host, as `/proc` and the control groups show it.
final class Guests {
  private static final Path PROC = Path.of("/proc");

  /// Control groups and directories outside the home that a server said it made.
  private final Set<Path> places = new TreeSet<>();

  private final Path home;

  Guests(Path home) {
    this.home = home;
  }

  /// Takes note of the places of the server that runs now; it wrote them down for its successor.
  void remember() {
    Path sandbox = ServerProcess.data(home).resolve("sandbox");
    for (String list : List.of("groups", "root-place")) {
      lines(sandbox.resolve(list)).map(Path::of).forEach(places::add);
    }
  }

  /// Those of the places that still exist.
  List<Path> places() {
    return places.stream().filter(Files::exists).toList();
  }

  /// Processes in a control group of the sandbox, and those whose command line names the home.
  List<String> processes() {
    List<String> groups =
        places.stream()
            .map(place -> place.getFileName().toString())
            .filter(name -> !name.startsWith("quarterdeck-root-"))
            .toList();
    return scan(
        (commandLine, process) ->
            commandLine.contains(home.toString())
                || lines(process.resolve("cgroup")).anyMatch(line -> in(groups, line)));
  }

  private static boolean in(List<String> groups, String line) {
    return groups.stream().anyMatch(group -> line.contains("/" + group));
  }

  /// Processes with this text in their command line.
  static List<String> withArgument(String text) {
    return scan((commandLine, process) -> commandLine.contains(text));
  }

  private interface Filter {
    boolean matches(String commandLine, Path process);
  }

  private static List<String> scan(Filter filter) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> processes = Files.list(PROC)) {
      for (Path process : (Iterable<Path>) processes::iterator) {
        String pid = process.getFileName().toString();
        if (!pid.chars().allMatch(Character::isDigit)) {
          continue;
        }
        String commandLine = String.join(" ", lines(process.resolve("cmdline")).toList());
        if (filter.matches(commandLine, process)) {
          found.add(pid + ": " + commandLine.replace('\0', ' '));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return found;
  }

  /// The lines of a file; none when it, or its process, is gone.
  private static Stream<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines();
    } catch (IOException gone) {
      return Stream.empty();
    }
  }
}
