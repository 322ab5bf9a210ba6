package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What differs between two sides of one schema. Secrets of two loads are compared in memory and
/// never shown; those of a running program are unknown. Immutable.
public final class Difference {
  private final Side a;
  private final Side b;
  private final List<Key> different = new ArrayList<>();
  private final List<Key> unknown = new ArrayList<>();

  /// Compares two sides.
  public Difference(Side a, Side b) {
    this.a = a;
    this.b = b;
    for (Key key : keys(a, b)) {
      switch (a.compare(key, b)) {
        case SAME -> {}
        case DIFFERENT -> different.add(key);
        case UNKNOWN -> unknown.add(key);
      }
    }
  }

  /// The settings of both sides, each path once. Those of single tables of lists and maps only when
  /// both sides have them one by one.
  private static Collection<Key> keys(Side a, Side b) {
    Map<String, Key> keys = new LinkedHashMap<>();
    a.keys().forEach(key -> keys.putIfAbsent(key.path(), key));
    b.keys().forEach(key -> keys.putIfAbsent(key.path(), key));
    if (!(a.tellsTables() && b.tellsTables())) {
      keys.values().removeIf(key -> key.owner() >= 0);
    }
    return keys.values();
  }

  /// Whether any setting differs, as far as it can be known.
  public boolean any() {
    return !different.isEmpty();
  }

  /// A table with a line for each setting that differs, then what could not be compared; empty when
  /// there is neither.
  ///
  /// @param colours whether a person looks at it, on a terminal
  public String text(boolean colours) {
    StringBuilder text = new StringBuilder();
    if (any()) {
      Columns columns = new Columns();
      Tone[] head = {Tone.QUIET, Tone.QUIET, Tone.QUIET, Tone.QUIET};
      columns.row(head, "setting", a.name(), b.name(), "from");
      Tone[] row = {Tone.PLAIN, Tone.BEFORE, Tone.AFTER, Tone.QUIET};
      for (Key key : different) {
        columns.row(row, key.path(), a.value(key), b.value(key), origins(key));
      }
      text.append(columns.text("", colours));
    }
    line(text, "unknown, since one side does not tell: ", unknown.stream().map(Key::path).toList());
    line(text, "told, and no setting of this version: ", others());
    return text.toString();
  }

  private static void line(StringBuilder text, String about, List<String> names) {
    if (!names.isEmpty()) {
      text.append(about).append(String.join(", ", names)).append('\n');
    }
  }

  private String origins(Key key) {
    String left = a.origin(key);
    String right = b.origin(key);
    return left.isEmpty() || right.isEmpty() || left.equals(right)
        ? (left.isEmpty() ? right : left)
        : left + " | " + right;
  }

  private List<String> others() {
    TreeSet<String> names = new TreeSet<>(a.others());
    names.addAll(b.others());
    return List.copyOf(names);
  }

  /// The same for programs: `{"a": …, "b": …, "equal": …, "different": […], "unknown": […]}`.
  public String json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("a", a.name());
    document.put("b", b.name());
    document.put("equal", !any());
    List<Object> rows = new ArrayList<>();
    for (Key key : different) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("key", key.path());
      row.put("variable", key.variable());
      row.put("secret", key.secret());
      row.put("a", a.json(key));
      row.put("b", b.json(key));
      rows.add(row);
    }
    document.put("different", rows);
    document.put("unknown", unknown.stream().map(Key::path).toList());
    document.put("others", others());
    return Json.write(document);
  }
}
