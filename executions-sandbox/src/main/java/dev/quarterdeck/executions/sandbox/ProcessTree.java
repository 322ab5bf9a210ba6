package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The processes of a sandbox as `/proc` shows them, for hosts without control groups. Whoever is
/// orphaned inside becomes a child of the sandbox's process 1, so the tree below the outer
/// bubblewrap is always complete.
final class ProcessTree {
  private static final Path PROC = Path.of("/proc");
  private static final long NANOS_PER_TICK = 10_000_000;

  /// What a sandbox uses at one moment.
  ///
  /// @param processes with bubblewrap and the stage
  /// @param cpuNanos of those that live and those they waited for
  /// @param memoryBytes resident, what is shared counted once
  record Usage(int processes, long cpuNanos, long memoryBytes) {}

  private ProcessTree() {}

  /// The process and all below it, itself first.
  static List<Long> of(long pid) {
    List<Long> found = new ArrayList<>();
    Deque<Long> open = new ArrayDeque<>(List.of(pid));
    while (!open.isEmpty()) {
      long next = open.pop();
      found.add(next);
      open.addAll(children(next));
    }
    return found;
  }

  /// The program's first process: the eldest child of process 1 of the innermost namespace below a
  /// process. Process 1 itself is the stage's, or what stands for it.
  static Optional<Long> program(long outer) {
    long first = 0;
    int depth = 1;
    for (long pid : of(outer)) {
      List<Long> inside = namespaceIds(pid);
      if (inside.size() > depth && inside.getLast() == 1) {
        depth = inside.size();
        first = pid;
      }
    }
    return first == 0
        ? Optional.empty()
        : children(first).stream()
            .filter(pid -> !namespaceIds(pid).isEmpty())
            .min(Comparator.comparing(pid -> namespaceIds(pid).getLast()));
  }

  /// Its ids, from the namespace of this server to its own.
  private static List<Long> namespaceIds(long pid) {
    for (String line : read(PROC.resolve(pid + "/status")).split("\n", -1)) {
      if (line.startsWith("NSpid:")) {
        return Arrays.stream(line.substring(6).strip().split("\\s+", -1))
            .map(Long::parseLong)
            .toList();
      }
    }
    return List.of();
  }

  private static List<Long> children(long pid) {
    List<Long> children = new ArrayList<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
      for (Path thread : threads) {
        children.addAll(childrenOfThread(thread));
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException gone) {
      return children;
    }
    return children;
  }

  private static List<Long> childrenOfThread(Path thread) {
    List<Long> children = new ArrayList<>();
    for (String child : read(thread.resolve("children")).split(" ", -1)) {
      if (!child.isBlank()) {
        children.add(Long.parseLong(child.strip()));
      }
    }
    return children;
  }

  /// The children of a process's first thread, among which are those that it adopted.
  static List<Long> childrenOfFirstThread(long pid) {
    return childrenOfThread(PROC.resolve(pid + "/task/" + pid));
  }

  /// How many threads a process has; 0 when it is gone.
  static int threads(long pid) {
    String stat = read(PROC.resolve(pid + "/stat"));
    int name = stat.lastIndexOf(')');
    // The count is field 20; field 3 stands two after the name.
    return name < 0 ? 0 : Integer.parseInt(stat.substring(name + 2).split(" ", 19)[17]);
  }

  /// Measures all processes of a tree but its root. Exact sharing is asked for only when the simple
  /// sum exceeds a limit, since it costs a walk through the page tables.
  static Usage usage(List<Long> tree, long limit) {
    long cpu = 0;
    long memory = 0;
    List<Long> inside = tree.subList(Math.min(1, tree.size()), tree.size());
    for (long pid : inside) {
      cpu += cpuNanos(pid);
      memory += resident(pid);
    }
    if (memory > limit) {
      memory = 0;
      for (long pid : inside) {
        // Unreadable for a program that made itself undumpable: then all it shares is its own.
        long exact = kilobytes(pid, "smaps_rollup", "Pss:");
        memory += exact > 0 ? exact : resident(pid);
      }
    }
    return new Usage(tree.size(), cpu, memory);
  }

  private static long cpuNanos(long pid) {
    String stat = read(PROC.resolve(pid + "/stat"));
    int name = stat.lastIndexOf(')');
    if (name < 0) {
      return 0;
    }
    // utime, stime, cutime, cstime are fields 14 to 17; field 3 stands two after the name.
    String[] fields = stat.substring(name + 2).split(" ", 17);
    long ticks = 0;
    for (int i = 11; i < 15; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks * NANOS_PER_TICK;
  }

  private static long resident(long pid) {
    return kilobytes(pid, "status", "RssAnon:") + kilobytes(pid, "status", "RssShmem:");
  }

  private static long kilobytes(long pid, String file, String key) {
    for (String line : read(PROC.resolve(pid + "/" + file)).split("\n", -1)) {
      if (line.startsWith(key)) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  /// The file's text, empty when the process is gone or not ours to read.
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
