package dev.quarterdeck.production.fakes;

import dev.quarterdeck.production.fakes.FakeRepository.Difference;
import dev.quarterdeck.production.fakes.FakeRepository.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects as Bitbucket Cloud 2.0 writes them.
final class CloudShapes {
  private CloudShapes() {}

  static ObjectNode commit(RevCommit commit) {
    PersonIdent author = commit.getAuthorIdent();
    ObjectNode node = Json.object();
    node.put("type", "commit");
    node.put("hash", commit.name());
    node.put(
        "date",
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx")
            .format(author.getWhenAsInstant().atOffset(ZoneOffset.UTC)));
    ObjectNode person = node.putObject("author");
    person.put("type", "author");
    person.put("raw", author.getName() + " <" + author.getEmailAddress() + ">");
    node.put("message", commit.getFullMessage());
    ObjectNode summary = node.putObject("summary");
    summary.put("type", "rendered");
    summary.put("raw", commit.getFullMessage());
    summary.put("markup", "markdown");
    ArrayNode parents = node.putArray("parents");
    for (RevCommit parent : commit.getParents()) {
      ObjectNode each = parents.addObject();
      each.put("type", "commit");
      each.put("hash", parent.name());
    }
    return node;
  }

  static ObjectNode ref(String type, String name, RevCommit target) {
    ObjectNode node = Json.object();
    node.put("type", type);
    node.put("name", name);
    node.set("target", commit(target));
    if (type.equals("branch")) {
      node.put("default_merge_strategy", "merge_commit");
      node.putArray("merge_strategies").add("merge_commit").add("squash").add("fast_forward");
    }
    return node;
  }

  static ObjectNode file(File file, RevCommit commit) {
    ObjectNode node = Json.object();
    boolean directory = file.mode().equals(FileMode.TREE);
    node.put("path", file.path());
    node.put("type", directory ? "commit_directory" : "commit_file");
    if (!directory) {
      node.put("size", file.size());
      node.put("escaped_path", escaped(file.path()));
      node.putNull("mimetype");
      ArrayNode attributes = node.putArray("attributes");
      if (file.mode().equals(FileMode.SYMLINK)) {
        attributes.add("link");
      } else if (file.mode().equals(FileMode.EXECUTABLE_FILE)) {
        attributes.add("executable");
      } else if (file.mode().equals(FileMode.GITLINK)) {
        attributes.add("subrepository");
      }
    }
    ObjectNode at = node.putObject("commit");
    at.put("type", "commit");
    at.put("hash", commit.name());
    return node;
  }

  static ObjectNode difference(Difference difference) {
    DiffEntry entry = difference.entry();
    ObjectNode node = Json.object();
    node.put("type", "diffstat");
    node.put("lines_added", difference.linesAdded());
    node.put("lines_removed", difference.linesRemoved());
    node.put(
        "status",
        switch (entry.getChangeType()) {
          case ADD, COPY -> "added";
          case DELETE -> "removed";
          case MODIFY -> "modified";
          case RENAME -> "renamed";
        });
    node.set("old", side(entry.getOldPath()));
    node.set("new", side(entry.getNewPath()));
    return node;
  }

  private static @Nullable ObjectNode side(String path) {
    if (path.equals(DiffEntry.DEV_NULL)) {
      return null;
    }
    ObjectNode node = Json.object();
    node.put("path", path);
    node.put("type", "commit_file");
    node.put("escaped_path", escaped(path));
    return node;
  }

  private static String escaped(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
