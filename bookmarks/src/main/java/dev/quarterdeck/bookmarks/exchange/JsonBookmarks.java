package dev.quarterdeck.bookmarks.exchange;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads lists of bookmarks as JSON objects: our own export (in `bookmarks`), answers of linkding's
/// API (a page with `results`), or a bare list. Belongs to one thread.
final class JsonBookmarks {
  /// What our own files say they are.
  static final String FORMAT = "quarterdeck-bookmarks";

  private final Entries entries;
  private String websiteTitle = "";
  private String websiteDescription = "";

  JsonBookmarks(Entries entries) {
    this.entries = entries;
  }

  void read(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      list(parser);
    } else if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY
            && ("results".equals(name) || "bookmarks".equals(name))) {
          list(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void list(JsonParser parser) {
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        bookmark(parser);
      } else {
        entries.notAnObject(JsonTokens.line(parser));
        parser.skipChildren();
      }
    }
  }

  private void bookmark(JsonParser parser) {
    Draft draft = new Draft(JsonTokens.line(parser));
    websiteTitle = "";
    websiteDescription = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      field(draft, name, parser);
    }
    if (draft.title.isBlank()) {
      draft.title = websiteTitle;
    }
    if (draft.description.isBlank()) {
      draft.description = websiteDescription;
    }
    entries.add(draft);
  }

  private void field(Draft draft, String name, JsonParser parser) {
    switch (name) {
      case "url" -> draft.url = JsonTokens.text(parser);
      case "title" -> draft.title = JsonTokens.text(parser);
      case "description" -> draft.description = JsonTokens.text(parser);
      case "notes" -> draft.notes = JsonTokens.text(parser);
      case "website_title" -> websiteTitle = JsonTokens.text(parser);
      case "website_description" -> websiteDescription = JsonTokens.text(parser);
      case "is_archived" -> draft.archived = JsonTokens.text(parser).equals("true");
      case "unread" -> draft.unread = JsonTokens.text(parser).equals("true");
      case "shared" -> draft.shared = Optional.of(JsonTokens.text(parser).equals("true"));
      case "status" -> {
        String status = JsonTokens.text(parser);
        draft.archived = status.equals("archived");
        draft.trashed = status.equals("trashed");
      }
      case "tag_names", "tags" -> draft.tags = JsonTokens.texts(parser);
      case "date_added", "created_at" -> draft.added = date(draft, JsonTokens.text(parser));
      case "date_modified", "updated_at" -> draft.modified = date(draft, JsonTokens.text(parser));
      default -> parser.skipChildren();
    }
  }

  private Optional<Instant> date(Draft draft, String raw) {
    Optional<Instant> date = FileDates.read(raw);
    if (date.isEmpty() && FileDates.present(raw)) {
      entries.invalidDate(draft.line, raw);
    }
    return date;
  }
}
