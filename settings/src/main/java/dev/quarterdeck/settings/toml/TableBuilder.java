package dev.quarterdeck.settings.toml;

import dev.quarterdeck.settings.toml.TomlTable.Entry;
import dev.quarterdeck.settings.toml.TomlTable.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts headers and keys into tables by TOML's rules about who may add to what.
final class TableBuilder {
  private final Source source;
  private final TomlTable root;

  TableBuilder(Source source) {
    this.source = source;
    this.root = new TomlTable(Form.ROOT, Span.NONE, 0);
  }

  TomlTable root() {
    return root;
  }

  /// The table that a header opens, or one outside the document when the header is faulty, which is
  /// then reported.
  TomlTable header(KeyPart key, boolean array, Span span) {
    TomlTable table = root;
    KeyPart part = key;
    for (KeyPart next = part.next; next != null; next = part.next) {
      Entry entry = table.entry(part.name);
      TomlTable child = entry == null ? implicit(table, part) : within(entry);
      if (child == null) {
        if (entry != null) {
          cannotAdd(part, entry);
        }
        return detached(span);
      }
      table = child;
      part = next;
    }
    TomlTable opened = array ? element(table, part, span) : define(table, part, span);
    return opened == null ? detached(span) : opened;
  }

  /// A table that belongs to nothing, for the keys below a faulty header.
  TomlTable detached(Span span) {
    return new TomlTable(Form.HEADER, span, 0);
  }

  /// The table that a header passes through; null when there is none.
  private static @Nullable TomlTable within(Entry entry) {
    // No pattern switch: it would be the only code of a sound file that has to be linked at run
    // time.
    if (entry.value() instanceof TomlTable table) {
      return table.form() == Form.INLINE ? null : table;
    }
    boolean appendable = entry.value() instanceof TomlArray array && array.ofTables();
    return appendable ? (TomlTable) ((TomlArray) entry.value()).last() : null;
  }

  private @Nullable TomlTable implicit(TomlTable parent, KeyPart part) {
    return add(parent, part, Form.IMPLICIT, part.span);
  }

  private @Nullable TomlTable add(TomlTable parent, KeyPart part, Form form, Span span) {
    if (!fits(parent.depth + 1, part.span)) {
      return null;
    }
    TomlTable table = new TomlTable(form, span, parent.depth + 1);
    parent.put(new Entry(part.name, part.span, table));
    return table;
  }

  private @Nullable TomlTable define(TomlTable parent, KeyPart part, Span span) {
    Entry entry = parent.entry(part.name);
    if (entry == null) {
      return add(parent, part, Form.HEADER, span);
    }
    if (entry.value() instanceof TomlTable table && table.form() == Form.IMPLICIT) {
      table.define(Form.HEADER, span);
      return table;
    }
    boolean twice = entry.value() instanceof TomlTable;
    error(
        twice ? TomlCodes.DUPLICATE_KEY : TomlCodes.KEY_CONFLICT,
        span,
        twice
            ? "the table is defined twice, first at " + place(entry)
            : "cannot be a table: it is " + described(entry),
        twice ? "put all its keys under one header" : "rename one of the two");
    return null;
  }

  private @Nullable TomlTable element(TomlTable parent, KeyPart part, Span span) {
    Entry entry = parent.entry(part.name);
    if (entry != null && !(entry.value() instanceof TomlArray known && known.ofTables())) {
      error(
          TomlCodes.KEY_CONFLICT,
          span,
          "cannot be an array of tables: it is " + described(entry),
          entry.value() instanceof TomlArray
              ? "an array in brackets cannot be added to by headers"
              : "write every one of its headers as [[…]]");
      return null;
    }
    if (!fits(parent.depth + 2, part.span)) {
      return null;
    }
    TomlTable table = new TomlTable(Form.HEADER, span, parent.depth + 2);
    if (entry != null && entry.value() instanceof TomlArray array) {
      array.add(table);
    } else {
      TomlArray array = new TomlArray(new ArrayList<>(), true, span);
      array.add(table);
      parent.put(new Entry(part.name, part.span, array));
    }
    return table;
  }

  /// Puts a value under a key, dotted or not, into the table under whose header, or in whose
  /// braces, it stands.
  void put(TomlTable table, KeyPart key, TomlNode value, boolean inline) {
    TomlTable target = table;
    KeyPart part = key;
    for (KeyPart next = part.next; next != null; next = part.next) {
      Entry entry = target.entry(part.name);
      TomlTable child;
      if (entry == null) {
        child = add(target, part, Form.DOTTED, part.span);
      } else if (entry.value() instanceof TomlTable known && known.form() == Form.DOTTED) {
        child = known;
      } else {
        cannotAdd(part, entry);
        return;
      }
      if (child == null) {
        return;
      }
      target = child;
      part = next;
    }
    Entry earlier = target.put(new Entry(part.name, part.span, value));
    if (earlier != null) {
      String subject = inline ? "the key " + KeyPart.show(List.of(part.name)) + " is " : "";
      error(
          TomlCodes.DUPLICATE_KEY,
          part.span,
          subject + "given twice, first at " + place(earlier),
          "remove one of the two");
    }
  }

  /// Whether a level is within the cap; reported when not.
  boolean fits(int depth, Span span) {
    if (depth <= Toml.MAX_DEPTH) {
      return true;
    }
    error(
        TomlCodes.DEPTH,
        span,
        "nested deeper than " + Toml.MAX_DEPTH + " levels",
        "use fewer levels");
    return false;
  }

  private void cannotAdd(KeyPart part, Entry entry) {
    boolean table = entry.value() instanceof TomlTable;
    error(
        TomlCodes.KEY_CONFLICT,
        part.span,
        "no key can be added to "
            + KeyPart.show(List.of(part.name))
            + " here: it is "
            + described(entry),
        table ? "put all its keys in one place" : "rename one of the two");
  }

  private static String described(Entry entry) {
    String kind =
        switch (entry.value()) {
          case TomlTable table ->
              switch (table.form()) {
                case INLINE -> "a table in braces";
                case DOTTED -> "a table made by dotted keys";
                case HEADER, IMPLICIT, ROOT -> "a table with a header";
              };
          case TomlArray array -> array.ofTables() ? "an array of tables" : "an array";
          case TomlInteger integer -> "an " + integer.kind();
          case TomlDateTime.Offset offset -> "an " + offset.kind();
          case TomlNode other -> "a " + other.kind();
        };
    return kind + " since " + place(entry);
  }

  private static String place(Entry entry) {
    TomlNode value = entry.value();
    boolean header = value instanceof TomlTable table && table.form() == Form.HEADER;
    return (header ? value.span() : entry.keySpan()).toString();
  }

  private void error(String code, Span span, String message, String hint) {
    source.error(code, span, message, hint);
  }
}
