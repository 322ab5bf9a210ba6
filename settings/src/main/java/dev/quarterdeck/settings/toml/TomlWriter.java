package dev.quarterdeck.settings.toml;

import dev.quarterdeck.settings.toml.TomlTable.Entry;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes TOML documents that read back as the same value.
public final class TomlWriter {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final StringBuilder out = new StringBuilder();
  private final List<String> path = new ArrayList<>();

  private TomlWriter() {}

  /// The table as a TOML document that 1.0 readers take, too: plain keys first, then tables under
  /// their headers.
  ///
  /// @throws IllegalArgumentException with the key's path for a date outside the years 0 to 9999
  public static String write(TomlTable table) {
    TomlWriter writer = new TomlWriter();
    writer.body(table);
    return writer.out.toString();
  }

  /// Java values as a TOML document: [Map], [Iterable], [CharSequence], integers, [Float] and
  /// [Double], [Boolean], the four types of java.time that TOML has, and [TomlNode].
  ///
  /// @throws IllegalArgumentException with the key's path for null, other types, a key that is not
  ///   a string, a number that does not fit, nesting deeper than [Toml#MAX_DEPTH], and text that
  ///   holds half a surrogate pair
  public static String write(Map<String, ?> values) {
    return write(TomlValues.table(values));
  }

  private void body(TomlTable table) {
    for (Entry entry : table.entries().values()) {
      if (!isSection(entry.value())) {
        TomlText.key(out, entry.key());
        out.append(" = ");
        path.add(entry.key());
        value(entry.value());
        path.removeLast();
        out.append('\n');
      }
    }
    for (Entry entry : table.entries().values()) {
      if (isSection(entry.value())) {
        path.add(entry.key());
        section(entry.value());
        path.removeLast();
      }
    }
  }

  /// Whether it gets a header: tables, and arrays of nothing but tables.
  private static boolean isSection(TomlNode node) {
    return node instanceof TomlTable
        || (node instanceof TomlArray array
            && !array.elements().isEmpty()
            && array.elements().stream().allMatch(TomlTable.class::isInstance));
  }

  private void section(TomlNode node) {
    switch (node) {
      case TomlTable table -> {
        // A header is not needed where the headers of the tables inside say it all.
        boolean implied =
            !table.entries().isEmpty()
                && table.entries().values().stream().allMatch(e -> isSection(e.value()));
        if (!implied) {
          header("[", "]");
        }
        body(table);
      }
      case TomlArray array -> {
        for (TomlNode element : array.elements()) {
          header("[[", "]]");
          body((TomlTable) element);
        }
      }
      case TomlString _, TomlInteger _, TomlFloat _, TomlBoolean _, TomlDateTime _ -> value(node);
    }
  }

  private void header(String open, String close) {
    if (!out.isEmpty()) {
      out.append('\n');
    }
    out.append(open);
    for (int i = 0; i < path.size(); i++) {
      out.append(i == 0 ? "" : ".");
      TomlText.key(out, path.get(i));
    }
    out.append(close).append('\n');
  }

  private void value(TomlNode node) {
    switch (node) {
      case TomlString string -> TomlText.string(out, string.value());
      case TomlInteger integer -> out.append(integer.value());
      case TomlFloat number -> number(number.value());
      case TomlBoolean truth -> out.append(truth.value());
      case TomlDateTime.Date date -> {
        year(date.value().getYear());
        out.append(date.value());
      }
      case TomlDateTime.Time time -> {
        out.append(TIME.format(time.value()));
        fraction(time.value().getNano());
      }
      case TomlDateTime.Local local -> {
        year(local.value().getYear());
        out.append(local.value().toLocalDate()).append('T').append(TIME.format(local.value()));
        fraction(local.value().getNano());
      }
      case TomlDateTime.Offset offset -> offset(offset.value());
      case TomlArray array -> {
        out.append('[');
        String separator = "";
        for (TomlNode element : array.elements()) {
          out.append(separator);
          value(element);
          separator = ", ";
        }
        out.append(']');
      }
      case TomlTable table -> {
        out.append('{');
        String separator = " ";
        for (Entry entry : table.entries().values()) {
          out.append(separator);
          TomlText.key(out, entry.key());
          out.append(" = ");
          value(entry.value());
          separator = ", ";
        }
        out.append(table.entries().isEmpty() ? "}" : " }");
      }
    }
  }

  private void number(double value) {
    if (Double.isNaN(value)) {
      out.append("nan");
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "inf" : "-inf");
    } else {
      out.append(value);
    }
  }

  private void offset(OffsetDateTime value) {
    year(value.getYear());
    int seconds = value.getOffset().getTotalSeconds();
    if (seconds % 60 != 0) {
      throw new IllegalArgumentException(
          KeyPart.show(path) + ": an offset with seconds (expected: an offset in whole minutes)");
    }
    out.append(value.toLocalDate()).append('T').append(TIME.format(value));
    fraction(value.getNano());
    out.append(seconds == 0 ? "Z" : value.getOffset().getId());
  }

  private void year(int year) {
    if (year < 0 || year > 9999) {
      throw new IllegalArgumentException(
          KeyPart.show(path) + ": a date in another year (expected: the years 0 to 9999)");
    }
  }

  private void fraction(int nanos) {
    if (nanos > 0) {
      String digits = Integer.toString(1_000_000_000 + nanos).substring(1);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      out.append('.').append(digits, 0, end);
    }
  }
}
