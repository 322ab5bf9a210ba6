package dev.quarterdeck.settings.render;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in columns, as wide as their widest cell.
final class Columns {
  private final List<String[]> rows = new ArrayList<>();
  private final List<Tone[]> tones = new ArrayList<>();

  void row(String... cells) {
    row(new Tone[0], cells);
  }

  /// @param looks of the first cells; the others are plain
  void row(Tone[] looks, String... cells) {
    rows.add(cells);
    tones.add(looks);
  }

  String text(String indent) {
    return text(indent, false);
  }

  /// @param colours whether a person looks at it, on a terminal
  String text(String indent, boolean colours) {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      String[] row = rows.get(r);
      Tone[] looks = tones.get(r);
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < columns; i++) {
        line.append(colours && i < looks.length ? looks[i].paint(row[i]) : row[i]);
        line.append(" ".repeat(widths[i] - width(row[i]) + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
