package dev.quarterdeck.bookmarks.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The forms of files that can be imported.
public enum ImportFormat {
  /// The HTML that every browser and most services write, in all its dialects.
  NETSCAPE,
  /// The file `Bookmarks` in a profile of Chrome and its relatives.
  CHROME_JSON,
  /// A backup of Firefox, not compressed.
  FIREFOX_JSON,
  /// Rows with a header that names the columns: Pocket, Instapaper, our own.
  CSV,
  /// An archive of files of the other forms, as Pocket sent it.
  ZIP,
  /// Answers of linkding's API: a page with `results`, or a list of bookmarks.
  LINKDING_JSON,
  /// Our own export, lossless.
  QUARTERDECK_JSON;

  /// The name in JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The format with this name.
  public static Optional<ImportFormat> of(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /// All names, for messages.
  public static List<String> labels() {
    return Arrays.stream(values()).map(ImportFormat::label).toList();
  }
}
