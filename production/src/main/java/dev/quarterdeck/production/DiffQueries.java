package dev.quarterdeck.production;

import dev.quarterdeck.production.ComponentDiff.FileDiff;
import dev.quarterdeck.production.ComponentDiff.Status;
import dev.quarterdeck.production.Lookups.Asked;
import dev.quarterdeck.production.Sides.Side;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Content;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.runtime.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Answers how the files of a component differ between two branches, line by line.
final class DiffQueries {
  /// A longer file is not compared by lines.
  static final int LARGEST = 2 << 20;

  private final Source source;
  private final Sides sides;
  private final Workers workers;

  DiffQueries(Source source, Sides sides, Workers workers) {
    this.source = source;
    this.sides = sides;
    this.workers = workers;
  }

  /// @throws dev.quarterdeck.runtime.ProblemException when the component is not named whole
  ComponentDiff diff(Call call, Snapshot snapshot, ComponentQuery query, String from, String to) {
    Asked asked = Lookups.read(query, snapshot.registry());
    ComponentId id =
        asked
            .id()
            .orElseThrow(
                () ->
                    new Problem.BadRequest("component_invalid", asked.error().orElse("")).raise());
    Side before = sides.of(call, snapshot, from);
    Side after = sides.of(call, snapshot, to);
    return new ComponentDiff(
        asked.type(),
        asked.name(),
        from,
        to,
        files(call, snapshot, id, before, after),
        snapshot.info());
  }

  /// Every file of either side.
  List<FileDiff> files(Call call, Snapshot snapshot, ComponentId id, Side before, Side after) {
    Set<String> old = new HashSet<>(before.find(id, snapshot.registry()).paths());
    Set<String> now = new HashSet<>(after.find(id, snapshot.registry()).paths());
    Set<String> all = new TreeSet<>(old);
    all.addAll(now);
    if (all.isEmpty()) {
      return List.of();
    }
    Set<String> differing = new HashSet<>();
    sides.changes(call, snapshot, before.commit(), after.commit()).files().stream()
        .map(FileChange::path)
        .forEach(differing::add);
    return workers.map(
        List.copyOf(all),
        path -> {
          boolean inOld = old.contains(path);
          boolean inNew = now.contains(path);
          if (inOld && inNew && !differing.contains(path)) {
            return new FileDiff(path, Status.SAME, 0, 0, "", List.of(), Optional.empty());
          }
          Status status = inOld ? inNew ? Status.MODIFIED : Status.REMOVED : Status.ADDED;
          return file(
              call,
              path,
              status,
              inOld ? Optional.of(before.commit()) : Optional.empty(),
              inNew ? Optional.of(after.commit()) : Optional.empty());
        });
  }

  /// One file at two commits, of which a side that does not have it is empty.
  FileDiff file(
      Call call, String path, Status status, Optional<String> before, Optional<String> after) {
    Optional<Content> old = before.flatMap(at -> source.content(call, at, path, LARGEST));
    Optional<Content> now = after.flatMap(at -> source.content(call, at, path, LARGEST));
    if (before.isPresent() != old.isPresent() || after.isPresent() != now.isPresent()) {
      return noted(path, status, "a submodule, which has no content here");
    }
    byte[] oldBytes = old.map(Content::bytes).orElse(new byte[0]);
    byte[] newBytes = now.map(Content::bytes).orElse(new byte[0]);
    if (LineDiff.binary(oldBytes) || LineDiff.binary(newBytes)) {
      return noted(path, status, "binary");
    }
    if (old.filter(Content::truncated).isPresent() || now.filter(Content::truncated).isPresent()) {
      return noted(path, status, "longer than %d bytes".formatted(LARGEST));
    }
    LineDiff diff =
        LineDiff.of(
            before.isPresent() ? "a/" + path : "/dev/null",
            after.isPresent() ? "b/" + path : "/dev/null",
            oldBytes,
            newBytes);
    Optional<String> note =
        diff.unified().isEmpty() && status == Status.MODIFIED
            ? Optional.of("only the mode differs")
            : Optional.empty();
    return new FileDiff(
        path, status, diff.added(), diff.removed(), diff.unified(), diff.lines(), note);
  }

  private static FileDiff noted(String path, Status status, String note) {
    return new FileDiff(path, status, 0, 0, "", List.of(), Optional.of(note));
  }
}
