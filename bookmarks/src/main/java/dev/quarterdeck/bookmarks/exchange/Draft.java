package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.PageMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a reader has found of one entry so far, raw. Belongs to one thread.
final class Draft {
  final long line;
  String url = "";
  String title = "";
  String description = "";
  String notes = "";
  List<String> tags = new ArrayList<>();
  List<String> folders = List.of();
  boolean unread;
  boolean archived;
  boolean trashed;
  boolean pinned;

  /// Whether the texts are kept letter by letter.
  boolean exact;

  Optional<Boolean> shared = Optional.empty();
  Optional<Instant> added = Optional.empty();
  Optional<Instant> modified = Optional.empty();

  PageMetadata page = PageMetadata.NONE;

  /// A date that could not be read, empty when there is none.
  String badDate = "";

  Draft(long line) {
    this.line = line;
  }
}
