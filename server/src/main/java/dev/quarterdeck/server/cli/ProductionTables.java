package dev.quarterdeck.server.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The answers of the production-state API as tables.
final class ProductionTables {
  private static final int SHORT = 7;

  private ProductionTables() {}

  static TextTable state(JsonNode answer) {
    TextTable table =
        new TextTable("type", "name", "in production", "commit", "date", "author", "path");
    for (JsonNode row : answer.path("production_state")) {
      table.add(
          text(row, "component_type"),
          text(row, "component_name"),
          row.has("error") ? text(row, "error") : yes(row.path("exists_in_prod")),
          commit(row.path("last_commit_hash"), row),
          text(row, "last_commit_date"),
          text(row, "last_author"),
          text(row, "file_path"));
    }
    return table;
  }

  /// The matrix, one column for each environment.
  static TextTable matrix(JsonNode answer) {
    List<String> headings =
        new ArrayList<>(List.of("type", "name", "in production", "commit", "date", "author"));
    answer.path("environments").forEach(name -> headings.add(name.asString("")));
    TextTable table = new TextTable(headings.toArray(String[]::new));
    for (JsonNode row : answer.path("rows")) {
      JsonNode last = row.path("last");
      List<String> fields = new ArrayList<>();
      fields.add(text(row.path("component"), "type"));
      fields.add(text(row.path("component"), "name"));
      fields.add(yes(row.path("in_production")));
      fields.add(commit(last.path("hash"), row));
      fields.add(text(last, "date"));
      fields.add(text(last, "author"));
      row.path("cells").forEach(cell -> fields.add(text(cell, "state")));
      table.add(fields.toArray(String[]::new));
    }
    return table;
  }

  static TextTable compare(JsonNode answer) {
    TextTable table =
        new TextTable("type", "name", "status", "commit a", "author a", "commit b", "author b");
    for (JsonNode row : answer.path("changes")) {
      JsonNode a = row.path("commitA");
      JsonNode b = row.path("commitB");
      table.add(
          text(row, "component_type"),
          text(row, "component_name"),
          row.has("error") ? text(row, "error") : text(row, "status"),
          commit(a.path("hash"), row),
          text(a, "author"),
          commit(b.path("hash"), row),
          text(b, "author"));
    }
    return table;
  }

  static TextTable history(JsonNode answer) {
    TextTable table = new TextTable("commit", "date", "author", "message");
    for (JsonNode row : answer.path("commits")) {
      table.add(
          shortened(row.path("hash").asString("")),
          text(row, "date"),
          text(row, "author"),
          text(row, "message"));
    }
    return table;
  }

  static TextTable drift(JsonNode answer) {
    TextTable table = new TextTable("type", "name", "state", "direction", "production", "there");
    for (JsonNode row : answer.path("items")) {
      table.add(
          text(row.path("component"), "type"),
          text(row.path("component"), "name"),
          text(row, "state"),
          text(row, "direction"),
          who(row.path("production")),
          who(row.path("there")));
    }
    return table;
  }

  static TextTable deployments(JsonNode answer) {
    TextTable table =
        new TextTable(
            "environment", "date", "kind", "promotion", "stories", "commit", "author", "message");
    for (JsonNode row : answer.path("entries")) {
      JsonNode commit = row.path("commit");
      List<String> stories = new ArrayList<>();
      row.path("stories").forEach(story -> stories.add(story.asString("")));
      table.add(
          text(row, "environment"),
          text(commit, "date"),
          text(row, "kind"),
          text(row, "promotion"),
          String.join(" ", stories),
          shortened(text(commit, "hash")),
          text(commit, "author"),
          text(commit, "message"));
    }
    return table;
  }

  static TextTable overlap(JsonNode answer) {
    TextTable table = new TextTable("type", "name", "branches");
    for (JsonNode row : answer.path("items")) {
      List<String> branches = new ArrayList<>();
      row.path("branches").forEach(branch -> branches.add(text(branch, "name")));
      table.add(
          text(row.path("component"), "type"),
          text(row.path("component"), "name"),
          String.join(" ", branches));
    }
    return table;
  }

  private static String who(JsonNode commit) {
    return commit.isObject() ? shortened(text(commit, "hash")) + " " + text(commit, "author") : "";
  }

  private static String commit(JsonNode hash, JsonNode row) {
    return hash.isString()
        ? shortened(hash.stringValue())
        : row.path("pending").asBoolean(false) ? "pending" : "";
  }

  private static String shortened(String hash) {
    return hash.length() > SHORT ? hash.substring(0, SHORT) : hash;
  }

  private static String yes(JsonNode value) {
    return value.asBoolean(false) ? "yes" : "no";
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? "" : value.asString("");
  }
}
