package dev.quarterdeck.bookmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Who else may see a bookmark. A public link is independent of it.
public enum Visibility {
  /// Its owner only.
  PRIVATE,
  /// Every user of this server.
  TEAM;

  /// The name in JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The visibility with this name.
  public static Optional<Visibility> of(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }
}
