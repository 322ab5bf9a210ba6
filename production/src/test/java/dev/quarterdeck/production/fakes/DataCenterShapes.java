package dev.quarterdeck.production.fakes;

import dev.quarterdeck.production.fakes.FakeRepository.Difference;
import java.util.List;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects as Bitbucket Data Center 1.0 writes them.
final class DataCenterShapes {
  private static final int DISPLAYED = 11;

  private DataCenterShapes() {}

  static ObjectNode commit(RevCommit commit) {
    ObjectNode node = id(commit);
    person(node, "author", commit.getAuthorIdent());
    person(node, "committer", commit.getCommitterIdent());
    node.put("message", commit.getFullMessage().stripTrailing());
    ArrayNode parents = node.putArray("parents");
    for (RevCommit parent : commit.getParents()) {
      parents.add(id(parent));
    }
    return node;
  }

  private static ObjectNode id(ObjectId id) {
    ObjectNode node = Json.object();
    node.put("id", id.name());
    node.put("displayId", id.name().substring(0, DISPLAYED));
    return node;
  }

  private static void person(ObjectNode node, String role, PersonIdent ident) {
    ObjectNode person = node.putObject(role);
    person.put("name", ident.getName());
    person.put("emailAddress", ident.getEmailAddress());
    node.put(role + "Timestamp", ident.getWhenAsInstant().toEpochMilli());
  }

  static ObjectNode ref(String type, String full, String name, RevCommit target) {
    ObjectNode node = Json.object();
    node.put("id", full);
    node.put("displayId", name);
    node.put("type", type);
    node.put("latestCommit", target.name());
    node.put("latestChangeset", target.name());
    if (type.equals("BRANCH")) {
      node.put("isDefault", name.equals("master"));
    }
    return node;
  }

  static ObjectNode change(Difference difference) {
    DiffEntry entry = difference.entry();
    boolean gone = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
    FileMode mode = gone ? entry.getOldMode() : entry.getNewMode();
    ObjectNode node = Json.object();
    node.put("contentId", entry.getNewId().name());
    node.put("fromContentId", entry.getOldId().name());
    node.set("path", path(gone ? entry.getOldPath() : entry.getNewPath()));
    node.put("executable", entry.getNewMode().equals(FileMode.EXECUTABLE_FILE));
    node.put("percentUnchanged", entry.getScore());
    node.put(
        "type",
        switch (entry.getChangeType()) {
          case ADD -> "ADD";
          case COPY -> "COPY";
          case DELETE -> "DELETE";
          case MODIFY -> "MODIFY";
          case RENAME -> "MOVE";
        });
    node.put("nodeType", mode.equals(FileMode.GITLINK) ? "SUBMODULE" : "FILE");
    if (entry.getChangeType() == DiffEntry.ChangeType.RENAME) {
      node.set("srcPath", path(entry.getOldPath()));
      node.put("srcExecutable", entry.getOldMode().equals(FileMode.EXECUTABLE_FILE));
    }
    return node;
  }

  static ObjectNode path(String text) {
    ObjectNode node = Json.object();
    List<String> components = List.of(text.split("/", -1));
    String name = components.getLast();
    ArrayNode array = node.putArray("components");
    components.forEach(array::add);
    node.put("parent", String.join("/", components.subList(0, components.size() - 1)));
    node.put("name", name);
    int dot = name.lastIndexOf('.');
    if (dot > 0) {
      node.put("extension", name.substring(dot + 1));
    }
    node.put("toString", text);
    return node;
  }
}
