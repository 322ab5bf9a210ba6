package dev.quarterdeck.bookmarks.exchange;

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
  Optional<Boolean> shared = Optional.empty();
  Optional<Instant> added = Optional.empty();
  Optional<Instant> modified = Optional.empty();

  /// A date that could not be read, empty when there is none.
  String badDate = "";

  Draft(long line) {
    this.line = line;
  }
}
