package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import dev.quarterdeck.production.source.TreeFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Questions to Bitbucket Cloud 2.0, and how its objects read.
final class CloudApi {
  static final String COMMIT_FIELDS = "hash,date,message,author.raw,parents.hash";
  private final BitbucketHttp http;
  private final String root;

  CloudApi(BitbucketHttp http, String root) {
    this.http = http;
    this.root = root;
  }

  /// A question below the repository.
  Urls at(String place) {
    return Urls.at(root + place);
  }

  /// The rows of a list; its own `next` is followed as it is.
  Rows rows(Call call, Urls first) {
    return new Rows(http.host(), ask -> page(ask, http.json(call, ask)), Ask.json(first.text()));
  }

  /// One page, with the question for the next.
  Rows.Page page(Ask ask, JsonNode page) {
    JsonNode next = page.path("next");
    Optional<Ask> after =
        next.isString()
            ? Optional.of(Ask.json(http.target(ask, next.stringValue())))
            : Optional.empty();
    return Rows.Page.of(Answers.rows(http.host(), ask, page), after);
  }

  /// The fields of the rows of a list, and the link to the next page, without which it ends early.
  static String listed(String fields) {
    return "next,values." + fields.replace(",", ",values.");
  }

  Commit commit(Ask ask, JsonNode node) {
    List<String> parents = new ArrayList<>();
    for (JsonNode parent : node.path("parents")) {
      parents.add(text(ask, parent, "hash"));
    }
    return new Commit(
        text(ask, node, "hash"),
        Commit.Person.parse(node.path("author").path("raw").asString("")),
        date(ask, text(ask, node, "date")),
        node.path("message").asString(""),
        parents);
  }

  private Instant date(Ask ask, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException unreadable) {
      throw Answers.malformed(http.host(), ask, "has a \"date\" that is none");
    }
  }

  /// A row of a diffstat, renamed files as two.
  List<FileChange> changes(Ask ask, JsonNode row) {
    String status = row.path("status").asString("");
    Optional<String> old = side(ask, row.path("old"));
    Optional<String> now = side(ask, row.path("new"));
    int added = row.path("lines_added").asInt(-1);
    int removed = row.path("lines_removed").asInt(-1);
    if (old.isEmpty() && now.isEmpty()) {
      throw Answers.malformed(http.host(), ask, "has a row without a path");
    }
    if (old.isEmpty()) {
      return List.of(new FileChange(now.orElseThrow(), Kind.ADDED, added, removed));
    }
    if (now.isEmpty()) {
      return List.of(new FileChange(old.orElseThrow(), Kind.REMOVED, added, removed));
    }
    if (old.equals(now)) {
      return List.of(new FileChange(now.orElseThrow(), Kind.MODIFIED, added, removed));
    }
    return status.equals("added")
        ? List.of(new FileChange(now.orElseThrow(), Kind.ADDED))
        : List.of(
            new FileChange(old.orElseThrow(), Kind.REMOVED),
            new FileChange(now.orElseThrow(), Kind.ADDED));
  }

  private Optional<String> side(Ask ask, JsonNode side) {
    return side.isObject() ? Optional.of(text(ask, side, "path")) : Optional.empty();
  }

  TreeFile file(Ask ask, JsonNode row) {
    TreeFile.Mode mode = TreeFile.Mode.FILE;
    for (JsonNode attribute : row.path("attributes")) {
      mode =
          switch (attribute.asString("")) {
            case "link" -> TreeFile.Mode.SYMLINK;
            case "executable" -> TreeFile.Mode.EXECUTABLE;
            case "subrepository" -> TreeFile.Mode.SUBMODULE;
            default -> mode;
          };
    }
    long size = mode == TreeFile.Mode.SUBMODULE ? -1 : row.path("size").asLong(-1);
    return new TreeFile(text(ask, row, "path"), mode, size, null);
  }

  String text(Ask ask, JsonNode node, String field) {
    return Answers.text(http.host(), ask, node, field);
  }
}
