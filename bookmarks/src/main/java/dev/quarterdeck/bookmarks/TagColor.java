package dev.quarterdeck.bookmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The colors that a tag may have.
public enum TagColor {
  RED,
  BLUE,
  GREEN,
  YELLOW,
  PURPLE,
  GRAY;

  /// The name in JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The color with this name.
  public static Optional<TagColor> of(String label) {
    return Arrays.stream(values()).filter(color -> color.label().equals(label)).findFirst();
  }

  /// All names, for messages.
  public static List<String> labels() {
    return Arrays.stream(values()).map(TagColor::label).toList();
  }
}
