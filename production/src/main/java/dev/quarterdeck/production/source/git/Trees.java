package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.Changes;
import dev.quarterdeck.production.source.Content;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.Tree;
import dev.quarterdeck.production.source.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// Files of a commit, and what differs between two.
final class Trees {
  private Trees() {}

  static Tree list(Repository repository, String commit) throws IOException {
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(repository, reader)) {
      walk.addTree(treeOf(reader, commit));
      walk.setRecursive(true);
      List<TreeFile> files = new ArrayList<>();
      while (walk.next()) {
        files.add(
            new TreeFile(path(walk), mode(walk.getRawMode(0)), -1, walk.getObjectId(0).name()));
      }
      return new Tree(commit, files);
    }
  }

  static Changes changes(Repository repository, @Nullable String from, String to)
      throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      List<FileChange> files = new ArrayList<>();
      new TreeDiff(reader)
          .differences(
              from == null ? null : treeOf(reader, from),
              treeOf(reader, to),
              (path, kind) -> files.add(new FileChange(path, kind)));
      return new Changes(from, to, files);
    }
  }

  static Map<String, Long> sizes(Repository repository, String commit, Collection<String> paths)
      throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      ObjectId tree = treeOf(reader, commit);
      Map<String, Long> sizes = new HashMap<>();
      for (String path : paths) {
        Optional<ObjectId> blob = blob(reader, tree, path);
        if (blob.isPresent()) {
          sizes.put(path, reader.getObjectSize(blob.get(), Constants.OBJ_BLOB));
        }
      }
      return Map.copyOf(sizes);
    }
  }

  static Optional<Content> content(Repository repository, String commit, String path, int limit)
      throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      Optional<ObjectId> blob = blob(reader, treeOf(reader, commit), path);
      if (blob.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = reader.open(blob.get(), Constants.OBJ_BLOB).openStream()) {
        byte[] bytes = in.readNBytes(limit);
        return Optional.of(new Content(bytes, in.read() >= 0));
      }
    }
  }

  private static Optional<ObjectId> blob(ObjectReader reader, ObjectId tree, String path)
      throws IOException {
    if (path.isEmpty() || path.startsWith("/") || path.endsWith("/") || path.contains("//")) {
      return Optional.empty();
    }
    try (TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
      return walk == null
              || walk.getFileMode(0).getObjectType() != Constants.OBJ_BLOB
              || !path(walk).equals(path)
          ? Optional.empty()
          : Optional.of(walk.getObjectId(0));
    }
  }

  static ObjectId treeOf(ObjectReader reader, String commit) throws IOException {
    try (RevWalk walk = new RevWalk(reader)) {
      return Commits.parse(walk, commit).getTree();
    }
  }

  static String path(TreeWalk walk) {
    return new String(walk.getRawPath(), StandardCharsets.UTF_8);
  }

  private static TreeFile.Mode mode(int bits) {
    return FileMode.SYMLINK.equals(bits)
        ? TreeFile.Mode.SYMLINK
        : FileMode.GITLINK.equals(bits)
            ? TreeFile.Mode.SUBMODULE
            : FileMode.EXECUTABLE_FILE.equals(bits) ? TreeFile.Mode.EXECUTABLE : TreeFile.Mode.FILE;
  }
}
