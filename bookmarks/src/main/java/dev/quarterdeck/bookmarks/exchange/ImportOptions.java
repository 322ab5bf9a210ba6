package dev.quarterdeck.bookmarks.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a file is taken over.
///
/// @param anyScheme whether URLs of other schemes than http and https are taken; they are kept, and
///   never fetched or shown as links
/// @param sharing whether bookmarks that the file calls public are shared with the team; else all
///   are private
/// @param tags names of tags that all bookmarks get
/// @param dryRun whether only to tell what would happen
public record ImportOptions(
    Folders folders, boolean anyScheme, boolean sharing, List<String> tags, boolean dryRun) {
  public ImportOptions {
    tags = List.copyOf(tags);
  }

  /// What becomes of folders.
  public enum Folders {
    /// Tags: the names from the outermost to the innermost, joined by `/`.
    TAGS,
    /// Manual collections, named the same way.
    COLLECTIONS,
    /// Nothing.
    IGNORE;

    /// The name in JSON.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The choice with this name.
    public static Optional<Folders> of(String label) {
      return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }

    /// All names, for messages.
    public static List<String> labels() {
      return Arrays.stream(values()).map(Folders::label).toList();
    }
  }
}
