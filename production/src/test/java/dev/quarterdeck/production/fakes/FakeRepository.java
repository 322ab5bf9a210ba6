package dev.quarterdeck.production.fakes;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.LastCommits;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.git.GitSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/// A repository as a server sees it: what JGit says, with one exception without any of the
/// product's own code.
final class FakeRepository implements AutoCloseable {
  private final Repository repository;
  private final Map<ObjectId, List<File>> trees = new ConcurrentHashMap<>();

  FakeRepository(Path directory) {
    try {
      this.repository = new FileRepository(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Ref> refs(String prefix) throws IOException {
    return repository.getRefDatabase().getRefsByPrefix(prefix).stream()
        .sorted(Comparator.comparing(Ref::getName))
        .toList();
  }

  Optional<Ref> ref(String full) throws IOException {
    return Repository.isValidRefName(full)
        ? Optional.ofNullable(repository.exactRef(full))
        : Optional.empty();
  }

  /// The commit that a branch, a tag, or a full or shortened id means.
  Optional<RevCommit> commit(String name) throws IOException {
    for (String prefix : List.of(Constants.R_HEADS, Constants.R_TAGS, "")) {
      Optional<Ref> ref =
          prefix.isEmpty() && !name.startsWith("refs/") ? Optional.empty() : ref(prefix + name);
      if (ref.isPresent()) {
        return Optional.of(peeled(ref.get()));
      }
    }
    if (!name.matches("[0-9a-f]{7,40}")) {
      return Optional.empty();
    }
    try {
      ObjectId id = repository.resolve(name + "^{commit}");
      return id == null ? Optional.empty() : parsed(id);
    } catch (MissingObjectException e) {
      return Optional.empty();
    }
  }

  private Optional<RevCommit> parsed(ObjectId id) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return Optional.of(walk.parseCommit(id));
    } catch (MissingObjectException e) {
      return Optional.empty();
    }
  }

  RevCommit peeled(Ref ref) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return walk.parseCommit(Objects.requireNonNull(ref.getObjectId(), ref.getName()));
    }
  }

  List<RevCommit> log(
      Collection<RevCommit> include, Collection<RevCommit> exclude, @Nullable String path)
      throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      for (RevCommit commit : include) {
        walk.markStart(walk.parseCommit(commit));
      }
      for (RevCommit commit : exclude) {
        walk.markUninteresting(walk.parseCommit(commit));
      }
      if (path != null && !path.isEmpty()) {
        walk.setTreeFilter(AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
      }
      List<RevCommit> commits = new ArrayList<>();
      for (RevCommit commit : walk) {
        commits.add(Objects.requireNonNull(parsed(commit.copy()).orElse(null)));
      }
      return commits;
    }
  }

  Optional<RevCommit> mergeBase(RevCommit one, RevCommit other) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(one));
      walk.markStart(walk.parseCommit(other));
      RevCommit base = walk.next();
      return base == null ? Optional.empty() : parsed(base.copy());
    }
  }

  /// Every file of the tree.
  List<File> files(RevCommit commit) throws IOException {
    List<File> known = trees.get(commit.getTree());
    if (known != null) {
      return known;
    }
    List<File> files = new ArrayList<>();
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        FileMode mode = walk.getFileMode(0);
        boolean blob = mode.getObjectType() == Constants.OBJ_BLOB;
        long size = blob ? reader.getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB) : 0;
        files.add(new File(walk.getPathString(), mode, walk.getObjectId(0), size));
      }
    }
    trees.put(commit.getTree(), List.copyOf(files));
    return files;
  }

  Optional<File> file(RevCommit commit, String path) throws IOException {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = TreeWalk.forPath(reader, path, commit.getTree())) {
      if (path.isEmpty() || walk == null) {
        return Optional.empty();
      }
      FileMode mode = walk.getFileMode(0);
      boolean blob = mode.getObjectType() == Constants.OBJ_BLOB;
      long size = blob ? reader.getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB) : 0;
      return Optional.of(new File(path, mode, walk.getObjectId(0), size));
    }
  }

  /// The commit that last touched each of these files. The one answer that is not JGit's: asking
  /// JGit for each file takes minutes; what is used instead is itself judged by the program `git`.
  Map<String, RevCommit> lastCommits(RevCommit commit, Collection<String> paths)
      throws IOException {
    Map<String, RevCommit> found = new TreeMap<>();
    Call call = Call.within(Duration.ofMinutes(5), 0);
    try (Source source = GitSource.open(repository.getDirectory().toPath())) {
      LastCommits last = source.lastCommits(call, LastCommits.of(commit.name(), paths), null);
      for (Map.Entry<String, String> each : last.owners().entrySet()) {
        found.put(each.getKey(), commit(each.getValue()).orElseThrow());
      }
    }
    return found;
  }

  byte[] bytes(File file) throws IOException {
    return repository.open(file.id(), Constants.OBJ_BLOB).getBytes();
  }

  /// As from old to new; null is the empty tree.
  List<Difference> differences(
      @Nullable RevCommit from, RevCommit to, boolean renames, List<String> paths, boolean lines)
      throws IOException {
    try (DiffFormatter formatter = formatter(OutputStream.nullOutputStream(), renames, paths)) {
      List<Difference> all = new ArrayList<>();
      for (DiffEntry entry : formatter.scan(tree(from), tree(to))) {
        int added = 0;
        int removed = 0;
        if (lines) {
          for (Edit edit : formatter.toFileHeader(entry).toEditList()) {
            added += edit.getLengthB();
            removed += edit.getLengthA();
          }
        }
        all.add(new Difference(entry, added, removed));
      }
      return all;
    }
  }

  void patch(
      @Nullable RevCommit from, RevCommit to, boolean renames, List<String> paths, OutputStream out)
      throws IOException {
    try (DiffFormatter formatter = formatter(out, renames, paths)) {
      formatter.format(formatter.scan(tree(from), tree(to)));
    }
  }

  private DiffFormatter formatter(OutputStream out, boolean renames, List<String> paths) {
    DiffFormatter formatter = new DiffFormatter(out);
    formatter.setRepository(repository);
    formatter.setDetectRenames(renames);
    if (!paths.isEmpty()) {
      formatter.setPathFilter(PathFilterGroup.createFromStrings(paths));
    }
    return formatter;
  }

  private AbstractTreeIterator tree(@Nullable RevCommit commit) throws IOException {
    if (commit == null) {
      return new EmptyTreeIterator();
    }
    try (ObjectReader reader = repository.newObjectReader()) {
      CanonicalTreeParser parser = new CanonicalTreeParser();
      parser.reset(reader, commit.getTree());
      return parser;
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  /// A file of a tree, or a directory when it is looked up by its path.
  record File(String path, FileMode mode, ObjectId id, long size) {}

  /// One path that differs.
  record Difference(DiffEntry entry, int linesAdded, int linesRemoved) {}
}
