package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.PageMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A bookmark as a file holds it, in our terms: texts decoded and cleaned, dates understood, tags
/// split. One URL may come several times in a file.
///
/// @param place where in the file
/// @param url as written, trimmed; http or https, or another scheme when the options allow it
/// @param title may be empty
/// @param tags as written, without blanks around, no two equal whatever their case
/// @param folders names from the outermost to the innermost; empty at the top
/// @param shared what the file says of others' access; empty when it says nothing
/// @param added when it was first saved
/// @param page what our own files know of the page behind it
public record ImportedBookmark(
    Place place,
    String url,
    String title,
    String description,
    String notes,
    List<String> tags,
    List<String> folders,
    boolean unread,
    boolean archived,
    boolean trashed,
    boolean pinned,
    Optional<Boolean> shared,
    Optional<Instant> added,
    Optional<Instant> modified,
    PageMetadata page) {
  public ImportedBookmark {
    tags = List.copyOf(tags);
    folders = List.copyOf(folders);
  }
}
