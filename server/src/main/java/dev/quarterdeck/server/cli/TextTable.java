package dev.quarterdeck.server.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows under headings, for a person or as comma-separated values.
final class TextTable {
  private static final int WIDEST = 60;
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    this.headings = List.of(headings);
  }

  void add(String... fields) {
    rows.add(List.of(fields));
  }

  /// With columns of equal width; control characters of others' texts are replaced.
  String text(Terminal terminal) {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = headings.get(i).length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], shown(row.get(i)).length());
      }
    }
    StringBuilder text = new StringBuilder();
    List<String> upper =
        headings.stream().map(heading -> heading.toUpperCase(Locale.ROOT)).toList();
    text.append(terminal.dim(line(upper, widths))).append('\n');
    rows.forEach(row -> text.append(line(row, widths)).append('\n'));
    return text.toString();
  }

  private static String line(List<String> fields, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String shown = shown(fields.get(i));
      line.append(shown);
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - shown.length() + 2));
      }
    }
    return line.toString().stripTrailing();
  }

  private static String shown(String field) {
    String first = field.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "\uFFFD");
    return first.length() > WIDEST ? first.substring(0, WIDEST - 1) + "…" : first;
  }

  /// By RFC 4180. A field that a spreadsheet would run as a formula begins with an apostrophe.
  String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(headings);
      for (List<String> row : rows) {
        csv.writeRecord(row.stream().map(TextTable::safe).toList());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing into memory", impossible);
    }
    return text.toString();
  }

  private static String safe(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + text : text;
  }
}
