package dev.quarterdeck.bookmarks.exchange;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads CSV files by the names in their first row: Pocket's, Instapaper's, our own. Belongs to one
/// thread.
final class CsvRows {
  private static final int RECORD_MAX = 16_000_000;
  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("url", "url"),
          Map.entry("link", "url"),
          Map.entry("href", "url"),
          Map.entry("title", "title"),
          Map.entry("name", "title"),
          Map.entry("description", "description"),
          Map.entry("excerpt", "description"),
          Map.entry("selection", "description"),
          Map.entry("notes", "notes"),
          Map.entry("note", "notes"),
          Map.entry("tags", "tags"),
          Map.entry("labels", "tags"),
          Map.entry("time_added", "added"),
          Map.entry("created_at", "added"),
          Map.entry("created", "added"),
          Map.entry("timestamp", "added"),
          Map.entry("date_added", "added"),
          Map.entry("updated_at", "modified"),
          Map.entry("status", "status"),
          Map.entry("unread", "unread"),
          Map.entry("shared", "shared"),
          Map.entry("folder", "folder"));

  private final Entries entries;
  private final Map<String, Integer> places = new HashMap<>();

  CsvRows(Entries entries) {
    this.entries = entries;
  }

  /// Whether the first line of a file names a column of URLs among others.
  static boolean header(String firstLine) {
    List<String> names = FileText.split(firstLine.replace("\"", ""), ",");
    return names.size() > 1
        && names.stream().anyMatch(name -> "url".equals(column(name)))
        && names.stream().filter(name -> !column(name).isEmpty()).count() > 1;
  }

  private static String column(String name) {
    return COLUMNS.getOrDefault(name.strip().toLowerCase(Locale.ROOT), "");
  }

  void read(Reader in) throws IOException {
    long line = 1;
    CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(RECORD_MAX)
            .ofCsvRecord(in);
    try (CloseableIterator<CsvRecord> rows = reader.iterator()) {
      while (rows.hasNext()) {
        CsvRecord row = rows.next();
        line = row.getStartingLineNumber();
        if (places.isEmpty()) {
          place(row);
        } else {
          entries.add(draft(row));
        }
      }
    } catch (CsvParseException broken) {
      entries.problem(
          line,
          Code.FILE_BROKEN,
          "the row after this one cannot be read (a quote that never ends, or more than %d characters); what comes after is not read"
              .formatted(RECORD_MAX));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private void place(CsvRecord header) {
    for (int i = 0; i < header.getFieldCount(); i++) {
      places.putIfAbsent(column(header.getField(i)), i);
    }
  }

  private String field(CsvRecord row, String name) {
    Integer place = places.get(name);
    return place == null || place >= row.getFieldCount() ? "" : row.getField(place).strip();
  }

  private Draft draft(CsvRecord row) {
    Draft draft = new Draft(row.getStartingLineNumber());
    draft.url = field(row, "url");
    draft.title = field(row, "title");
    draft.description = field(row, "description");
    draft.notes = field(row, "notes");
    String tags = field(row, "tags");
    draft.tags = FileText.split(tags, tags.indexOf('|') >= 0 ? "\\|" : ",");
    String added = field(row, "added");
    draft.added = FileDates.read(added);
    if (draft.added.isEmpty() && FileDates.present(added)) {
      entries.invalidDate(draft.line, added);
    }
    draft.modified = FileDates.read(field(row, "modified"));
    String status = field(row, "status").toLowerCase(Locale.ROOT);
    draft.unread = status.equals("unread") || yes(field(row, "unread"));
    draft.archived = Set.of("archive", "archived", "read").contains(status);
    draft.trashed = status.equals("trashed");
    String shared = field(row, "shared");
    draft.shared = shared.isEmpty() ? Optional.empty() : Optional.of(yes(shared));
    folder(draft, field(row, "folder"));
    return draft;
  }

  /// Instapaper names its states as folders.
  private static void folder(Draft draft, String folder) {
    switch (folder) {
      case "Unread" -> draft.unread = true;
      case "Archive" -> draft.archived = true;
      default -> draft.folders = FileText.split(folder, "/");
    }
  }

  private static boolean yes(String flag) {
    return Set.of("1", "true", "yes").contains(flag.toLowerCase(Locale.ROOT));
  }
}
