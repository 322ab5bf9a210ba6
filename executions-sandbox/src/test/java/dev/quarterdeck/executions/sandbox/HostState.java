package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a run must leave as it was: our own processes below this one, our control groups, the
/// mounts.
///
/// @param children processes that this process started, by id
/// @param groups control groups of sandboxes of this process
/// @param mounts lines of `/proc/self/mounts`
record HostState(List<Long> children, List<String> groups, int mounts) {
  /// Takes the work directory of the sandbox, whose groups bear a name made from it.
  static HostState now(Path workDirectory) throws IOException {
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
    return new HostState(
        ProcessHandle.current().descendants().map(ProcessHandle::pid).sorted().toList(),
        groups.stream().sorted().toList(),
        Files.readAllLines(Path.of("/proc/self/mounts")).size());
  }

  private static void collect(Path group, List<String> into) throws IOException {
    into.add(group.toString());
    try (DirectoryStream<Path> children = Files.newDirectoryStream(group, "run-*")) {
      for (Path child : children) {
        into.add(child.toString());
      }
    }
  }
}
