package dev.quarterdeck.bookmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a bookmark stands.
public enum Status {
  /// In the lists.
  ACTIVE,
  /// Kept, out of the way.
  ARCHIVED,
  /// To be deleted: in no search, in no collection, and its URL is free for another bookmark.
  TRASHED;

  /// The name in JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status with this name.
  public static Optional<Status> of(String label) {
    return Arrays.stream(values()).filter(status -> status.label().equals(label)).findFirst();
  }
}
