package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Visibility;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bookmark as linkding shows it, its fields in linkding's order.
final class BookmarkView {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ARCHIVE =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final TagWords tags;

  BookmarkView(TagWords tags) {
    this.tags = tags;
  }

  /// Microseconds and `Z`, always.
  static String time(Instant time) {
    return TIME.format(time);
  }

  static String title(Bookmark bookmark) {
    return bookmark.title().isEmpty() ? bookmark.page().title().orElse("") : bookmark.title();
  }

  static String description(Bookmark bookmark) {
    return bookmark.description().isEmpty()
        ? bookmark.page().description().orElse("")
        : bookmark.description();
  }

  Map<String, @Nullable Object> of(Bookmark bookmark) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("id", bookmark.number());
    shown.put("url", bookmark.url());
    shown.put("title", title(bookmark));
    shown.put("description", description(bookmark));
    shown.put("notes", bookmark.notes());
    shown.put(
        "web_archive_snapshot_url",
        "https://web.archive.org/web/%s/%s"
            .formatted(ARCHIVE.format(bookmark.createdAt()), bookmark.url()));
    shown.put("favicon_url", bookmark.page().favicon().orElse(null));
    shown.put("preview_image_url", bookmark.page().previewImage().orElse(null));
    shown.put("is_archived", bookmark.status() == Status.ARCHIVED);
    shown.put("unread", bookmark.unread());
    shown.put("shared", bookmark.visibility() == Visibility.TEAM);
    shown.put("tag_names", tags.of(bookmark));
    shown.put("date_added", time(bookmark.createdAt()));
    shown.put("date_modified", time(bookmark.modifiedAt()));
    shown.put("website_title", null);
    shown.put("website_description", null);
    return shown;
  }
}
