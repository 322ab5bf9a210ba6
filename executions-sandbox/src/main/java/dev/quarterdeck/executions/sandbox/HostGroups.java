package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the control groups of this process are, from `/proc/self/cgroup` and
/// `/proc/self/mountinfo`.
///
/// @param v1 directory of the own group by controller, where version 1 is mounted
/// @param v2 directory of the own group in the hierarchy of version 2
record HostGroups(Map<String, Path> v1, Optional<Path> v2) {
  private record Mount(String root, Path point, String type, List<String> options) {}

  static HostGroups read() throws IOException {
    return parse(
        Files.readAllLines(Path.of("/proc/self/cgroup"), StandardCharsets.UTF_8),
        Files.readAllLines(Path.of("/proc/self/mountinfo"), StandardCharsets.UTF_8));
  }

  static HostGroups parse(List<String> groups, List<String> mountInfo) {
    List<Mount> mounts = mountInfo.stream().flatMap(line -> mount(line).stream()).toList();
    Map<String, Path> v1 = new LinkedHashMap<>();
    Optional<Path> v2 = Optional.empty();
    for (String line : groups) {
      // hierarchy:controllers:path
      String[] parts = line.split(":", 3);
      if (parts.length < 3) {
        continue;
      }
      if (parts[1].isEmpty()) {
        v2 =
            mounts.stream()
                .filter(mount -> mount.type().equals("cgroup2"))
                .findFirst()
                .map(mount -> directory(mount, parts[2]));
        continue;
      }
      for (String controller : parts[1].split(",", -1)) {
        mounts.stream()
            .filter(m -> m.type().equals("cgroup") && m.options().contains(controller))
            .findFirst()
            .ifPresent(mount -> v1.put(controller, directory(mount, parts[2])));
      }
    }
    return new HostGroups(v1, v2);
  }

  /// `36 35 98:0 /root /mount/point options optional... - type source superoptions`.
  private static Optional<Mount> mount(String line) {
    String[] halves = line.split(" - ", 2);
    if (halves.length < 2) {
      return Optional.empty();
    }
    String[] left = halves[0].split(" ", 6);
    String[] right = halves[1].split(" ", 3);
    if (left.length < 5 || right.length < 3 || !right[0].startsWith("cgroup")) {
      return Optional.empty();
    }
    return Optional.of(
        new Mount(
            left[3],
            Path.of(left[4].replace("\\040", " ")),
            right[0],
            List.of(right[2].split(",", -1))));
  }

  /// In a container without a cgroup namespace the mount shows only a part of the hierarchy, while
  /// the path counts from the hierarchy's root.
  private static Path directory(Mount mount, String path) {
    String below = path;
    if (!mount.root().equals("/")
        && (path.equals(mount.root()) || path.startsWith(mount.root() + "/"))) {
      below = path.substring(mount.root().length());
    }
    return mount.point().resolve(below.substring(below.startsWith("/") ? 1 : 0));
  }
}
