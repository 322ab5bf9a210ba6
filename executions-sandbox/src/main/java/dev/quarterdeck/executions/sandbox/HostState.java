package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a run must leave as it was.
///
/// @param children processes that this process started, by id
/// @param groups control groups of this sandbox
/// @param mounts lines of `/proc/self/mounts`
/// @param files what lies in the work directory, but for what compilers made
/// @param strays files, System V objects and lost processes of the users of the slots, when the
///   server is root
record HostState(
    List<Long> children, List<String> groups, int mounts, List<String> files, List<String> strays) {
  private static final List<Path> SHARED_PLACES =
      List.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/dev/shm"), Path.of("/run"));

  /// Takes the settings of the sandbox: its control groups bear a name made from its directory.
  static HostState now(LocalSandboxSettings settings) throws IOException {
    return now(settings, List.of());
  }

  /// The same without the processes that wait for the next run.
  static HostState now(LocalSandboxSettings settings, List<Long> idle) throws IOException {
    Path work = settings.workDirectory().toRealPath();
    try (Stream<Path> files = Files.walk(work)) {
      return new HostState(
          ProcessHandle.current()
              .descendants()
              .map(ProcessHandle::pid)
              .filter(pid -> !idle.contains(pid))
              .sorted()
              .toList(),
          groups(work),
          Files.readAllLines(Path.of("/proc/self/mounts")).size(),
          files
              .filter(file -> !file.startsWith(work.resolve("compiled")))
              .map(Path::toString)
              .sorted()
              .toList(),
          HostProbe.isRoot() ? strays(settings) : List.of());
    }
  }

  /// The control groups of the sandbox with this work directory.
  static List<String> groups(Path workDirectory) throws IOException {
    String name =
        "quarterdeck-" + Integer.toHexString(workDirectory.toRealPath().toString().hashCode());
    List<String> groups = new ArrayList<>();
    HostGroups host = HostGroups.read();
    List<Path> own = new ArrayList<>(host.v1().values());
    host.v2().ifPresent(own::add);
    for (Path directory : own) {
      try (DirectoryStream<Path> ours = Files.newDirectoryStream(directory, name)) {
        for (Path group : ours) {
          collect(group, groups);
        }
      }
    }
    return groups.stream().sorted().toList();
  }

  private static void collect(Path group, List<String> into) throws IOException {
    into.add(group.toString());
    try (DirectoryStream<Path> children = Files.newDirectoryStream(group, "run-*")) {
      for (Path child : children) {
        into.add(child.toString());
      }
    }
  }

  /// What belongs to the users of the slots and to nobody who answers for it.
  static List<String> strays(LocalSandboxSettings settings) throws IOException {
    int first = settings.firstUserId();
    int last = first + settings.userIds() - 1;
    List<String> strays = new ArrayList<>();
    for (Path place : SHARED_PLACES) {
      if (!Files.isDirectory(place)) {
        continue;
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
        for (Path entry : entries) {
          int owner = owner(entry);
          if (owner >= first && owner <= last) {
            strays.add(entry.toString());
          }
        }
      }
    }
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      List<ProcessHandle> ours = ProcessHandle.current().descendants().toList();
      all.filter(process -> !ours.contains(process))
          .filter(
              process -> {
                int owner = owner(Path.of("/proc/" + process.pid()));
                return owner >= first && owner <= last && process.isAlive();
              })
          .forEach(process -> strays.add("process " + process.pid()));
    }
    for (String kind : List.of("shm", "sem", "msg")) {
      Path table = Path.of("/proc/sysvipc", kind);
      if (Files.isReadable(table)) {
        for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
          for (String field : line.strip().split(" +", -1)) {
            if (field.matches("\\d{4,9}")
                && Integer.parseInt(field) >= first
                && Integer.parseInt(field) <= last) {
              strays.add(kind + " " + line.strip());
              break;
            }
          }
        }
      }
    }
    return strays;
  }

  /// The user id of a file, -1 when it has just gone.
  private static int owner(Path file) {
    try {
      return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (IOException gone) {
      return -1;
    }
  }
}
