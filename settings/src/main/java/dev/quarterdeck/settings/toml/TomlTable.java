package dev.quarterdeck.settings.toml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table: keys in the order of their first appearance.
public final class TomlTable implements TomlNode {
  /// How a table came to be.
  public enum Form {
    /// The document itself.
    ROOT,
    /// By its own `[header]`, or as one of the `[[headers]]` of an array.
    HEADER,
    /// By the header of a child only; a header of its own may follow.
    IMPLICIT,
    /// By dotted keys.
    DOTTED,
    /// Between braces.
    INLINE
  }

  /// A key with its value.
  ///
  /// @param key the key, unquoted; one part of a dotted key
  /// @param keySpan where that part first stands, quotes included
  /// @param value the value
  public record Entry(String key, Span keySpan, TomlNode value) {
    @Override
    public String toString() {
      return key + ": " + value.kind() + " at " + keySpan;
    }
  }

  private final Map<String, Entry> entries;
  private final Map<String, Entry> view;
  private Form form;
  private Span span;

  /// Levels between it and the root while it is being read.
  final int depth;

  TomlTable(Form form, Span span, int depth) {
    this.entries = new LinkedHashMap<>();
    this.view = Collections.unmodifiableMap(entries);
    this.form = form;
    this.span = span;
    this.depth = depth;
  }

  /// A table that comes from no file, with the values in the map's order.
  public static TomlTable of(Map<String, ? extends TomlNode> values) {
    TomlTable table = new TomlTable(Form.HEADER, Span.NONE, 0);
    values.forEach((key, value) -> table.put(new Entry(key, Span.NONE, value)));
    return table;
  }

  /// The entries by key, in order of first appearance, unmodifiable.
  public Map<String, Entry> entries() {
    return view;
  }

  /// The value of a key, null when the table has no such key.
  public @Nullable TomlNode get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /// How the table came to be.
  public Form form() {
    return form;
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  public String kind() {
    return "table";
  }

  @Nullable Entry entry(String key) {
    return entries.get(key);
  }

  @Nullable Entry put(Entry entry) {
    return entries.putIfAbsent(entry.key(), entry);
  }

  void define(Form form, Span span) {
    this.form = form;
    this.span = span;
  }

  @Override
  public boolean sameValue(TomlNode other) {
    if (!(other instanceof TomlTable that) || that.entries.size() != entries.size()) {
      return false;
    }
    for (Entry entry : entries.values()) {
      Entry theirs = that.entries.get(entry.key());
      if (theirs == null || !entry.value().sameValue(theirs.value())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "table of " + entries.size() + " at " + span;
  }
}
