package dev.quarterdeck.bookmarks.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The forms in which bookmarks are exported.
public enum ExportFormat {
  /// Everything that we know, for another Quarterdeck.
  JSON("application/json", "json"),
  /// The HTML that every browser and most services read; notes and the archive as linkding marks
  /// them.
  NETSCAPE("text/html; charset=utf-8", "html"),
  /// A row for each bookmark, for tables.
  CSV("text/csv; charset=utf-8", "csv");

  private final String contentType;
  private final String ending;

  ExportFormat(String contentType, String ending) {
    this.contentType = contentType;
    this.ending = ending;
  }

  public String contentType() {
    return contentType;
  }

  /// How names of such files end, without the dot.
  public String ending() {
    return ending;
  }

  /// The name in JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The format with this name.
  public static Optional<ExportFormat> of(String label) {
    return Arrays.stream(values()).filter(format -> format.label().equals(label)).findFirst();
  }

  /// All names, for messages.
  public static List<String> labels() {
    return Arrays.stream(values()).map(ExportFormat::label).toList();
  }
}
