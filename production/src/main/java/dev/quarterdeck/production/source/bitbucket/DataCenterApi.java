package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.FileChange;
import dev.quarterdeck.production.source.FileChange.Kind;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Questions to Bitbucket Data Center 1.0, and how its objects read.
final class DataCenterApi {
  private final BitbucketHttp http;
  private final String root;

  DataCenterApi(BitbucketHttp http, String root) {
    this.http = http;
    this.root = root;
  }

  /// A question below the repository.
  Urls at(String place) {
    return Urls.at(root + place);
  }

  /// The rows of a list, from where each page says that the next one starts.
  ///
  /// @param first without `start`, with at least one parameter
  Rows rows(Call call, Urls first) {
    String start = first.text() + "&start=";
    return new Rows(
        http.host(),
        ask -> {
          JsonNode page = http.json(call, ask);
          return page(start, ask, page);
        },
        Ask.json(first.text()));
  }

  /// One page of a list that stands somewhere in an answer.
  Rows.Page page(String start, Ask ask, JsonNode page) {
    JsonNode values = Answers.rows(http.host(), ask, page);
    if (isLast(ask, page)) {
      return Rows.Page.of(values, Optional.empty());
    }
    JsonNode next = page.path("nextPageStart");
    if (!next.isIntegralNumber() || next.asLong() <= page.path("start").asLong(0)) {
      throw Answers.malformed(
          http.host(), ask, "is not the last page and names no next one that goes on");
    }
    return Rows.Page.of(values, Optional.of(Ask.json(start + next.asLong())));
  }

  private boolean isLast(Ask ask, JsonNode page) {
    JsonNode last = page.path("isLastPage");
    if (!last.isBoolean()) {
      throw Answers.malformed(http.host(), ask, "does not say whether it is the last page");
    }
    return last.booleanValue();
  }

  /// The rows of a list that the server cuts at a number and does not page.
  ///
  /// @throws SourceException [SourceFault.TooLarge] when it was cut
  JsonNode whole(Call call, Urls url, String limited) {
    Ask ask = Ask.json(url.text());
    JsonNode page = http.json(call, ask);
    JsonNode values = Answers.rows(http.host(), ask, page);
    if (!isLast(ask, page)) {
      throw new SourceException(
          new SourceFault.TooLarge(
              "%s cuts the answer to GET %s at %d rows (%s); raise that on the server, or use a Git clone"
                  .formatted(http.host(), ask.shown(), values.size(), limited)));
    }
    return values;
  }

  Iterator<Commit> commits(Call call, Urls url) {
    Rows rows = rows(call, url);
    Ask ask = Ask.json(url.text());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Commit next() {
        return commit(ask, rows.next());
      }
    };
  }

  Commit commit(Ask ask, JsonNode node) {
    List<String> parents = new ArrayList<>();
    for (JsonNode parent : node.path("parents")) {
      parents.add(text(ask, parent, "id"));
    }
    JsonNode written = node.path("authorTimestamp");
    if (!written.isIntegralNumber()) {
      throw Answers.malformed(http.host(), ask, "has a commit without \"authorTimestamp\"");
    }
    JsonNode author = node.path("author");
    return new Commit(
        text(ask, node, "id"),
        new Commit.Person(
            author.path("name").asString(""), author.path("emailAddress").asString("")),
        Instant.ofEpochSecond(Math.floorDiv(written.asLong(), 1000)),
        node.path("message").asString(""),
        parents);
  }

  /// A row of changes, moved files as two.
  List<FileChange> changes(Ask ask, JsonNode row) {
    String path = text(ask, row.path("path"), "toString");
    return switch (row.path("type").asString("")) {
      case "ADD", "COPY" -> List.of(new FileChange(path, Kind.ADDED));
      case "DELETE" -> List.of(new FileChange(path, Kind.REMOVED));
      case "MOVE" ->
          List.of(
              new FileChange(text(ask, row.path("srcPath"), "toString"), Kind.REMOVED),
              new FileChange(path, Kind.ADDED));
      default -> List.of(new FileChange(path, Kind.MODIFIED));
    };
  }

  String text(Ask ask, JsonNode node, String field) {
    return Answers.text(http.host(), ask, node, field);
  }
}
