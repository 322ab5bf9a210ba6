package dev.quarterdeck.production.source;

import dev.quarterdeck.production.fixtures.RealGit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the `git` program says, as values of the port.
final class Oracle {
  private final RealGit git;

  Oracle(Path directory) {
    this.git = RealGit.in(directory);
  }

  List<Ref> refs() {
    List<Ref> refs = new ArrayList<>();
    for (String line :
        git.lines("for-each-ref", "--format=%(refname) %(objectname) %(*objectname)")) {
      int end = line.length() - 1;
      List<String> ids = new ArrayList<>();
      String rest = line.substring(0, end + 1).stripTrailing();
      while (rest.matches("(?s).* [0-9a-f]{40}")) {
        ids.add(rest.substring(rest.length() - 40));
        rest = rest.substring(0, rest.length() - 41);
      }
      String commit = ids.getFirst();
      refs.add(
          rest.startsWith("refs/heads/")
              ? new Ref(Ref.Kind.BRANCH, rest.substring("refs/heads/".length()), commit)
              : new Ref(Ref.Kind.TAG, rest.substring("refs/tags/".length()), commit));
    }
    return refs.stream().sorted().toList();
  }

  Commit commit(String id) {
    List<String> parts =
        git.parts("show", "-s", "--format=%H%x00%an%x00%ae%x00%at%x00%P%x00%B%x00", id);
    String parents = parts.get(4);
    return new Commit(
        parts.get(0),
        new Commit.Person(parts.get(1), parts.get(2)),
        Instant.ofEpochSecond(Long.parseLong(parts.get(3))),
        parts.get(5),
        parents.isEmpty() ? List.of() : List.of(parents.split(" ", -1)));
  }

  /// Path to mode and object id.
  Map<String, String> tree(String commit) {
    Map<String, String> files = new TreeMap<>();
    for (String line : git.parts("ls-tree", "-r", "-z", commit)) {
      int tab = line.indexOf('\t');
      files.put(line.substring(tab + 1), line.substring(0, tab).replaceAll(" .* ", " "));
    }
    return files;
  }

  Changes changes(@Nullable String from, String to) {
    String old = from == null ? git.text("hash-object", "-t", "tree", "/dev/null") : from;
    List<String> parts =
        git.parts("diff-tree", "-r", "-z", "--no-renames", "--name-status", old, to);
    List<FileChange> files = new ArrayList<>();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      files.add(
          new FileChange(
              parts.get(i + 1),
              switch (parts.get(i)) {
                case "A" -> FileChange.Kind.ADDED;
                case "D" -> FileChange.Kind.REMOVED;
                default -> FileChange.Kind.MODIFIED;
              }));
    }
    return new Changes(from, to, files);
  }

  List<String> log(String... arguments) {
    List<String> command = new ArrayList<>(List.of("rev-list"));
    command.addAll(List.of(arguments));
    return git.lines(command.toArray(String[]::new)).stream().sorted().toList();
  }

  Optional<String> lastCommit(String commit, String path) {
    String id = git.text("log", "-1", "--format=%H", commit, "--", path);
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  List<String> history(String commit, String path) {
    return git.lines("log", "--format=%H", commit, "--", path);
  }

  byte[] content(String object) {
    return git.bytes("cat-file", "blob", object);
  }

  List<String> mergeBases(String one, String other) {
    try {
      return git.lines("merge-base", "--all", one, other).stream().sorted().toList();
    } catch (IllegalStateException e) {
      return List.of();
    }
  }

  boolean isAncestor(String ancestor, String descendant) {
    try {
      git.bytes("merge-base", "--is-ancestor", ancestor, descendant);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
