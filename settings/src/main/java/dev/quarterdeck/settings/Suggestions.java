package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Schema;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what was meant by a name that nothing has. Used by one thread.
final class Suggestions {
  private final Keys keys;
  private final Map<Names, NameIndex> tables = new IdentityHashMap<>();
  private @Nullable NameIndex variables;
  private @Nullable NameIndex paths;
  private int known;

  Suggestions(Keys keys) {
    this.keys = keys;
  }

  /// The nearest of the known texts, null when none is near.
  static @Nullable String nearest(String text, Iterable<String> known) {
    return new NameIndex(known).nearest(text);
  }

  /// The nearest path or environment name, null when none is near.
  static @Nullable String nearest(String name, Schema schema) {
    List<String> known = new ArrayList<>();
    for (Key key : schema.keys()) {
      known.add(key.path());
      known.add(key.variable());
    }
    return nearest(name, known);
  }

  /// The key that was meant by a name in a table: one of the same table, else one of the same name
  /// elsewhere, else a near environment name.
  @Nullable String key(String name, Names table, Schema schema) {
    NameIndex index = tables.get(table);
    if (index == null) {
      index = new NameIndex(table.names());
      tables.put(table, index);
    }
    String near = index.nearest(name);
    if (near != null) {
      return table.pathOf(near);
    }
    for (Key key : schema.keys()) {
      if (named(key, name)
          || key.variable().equalsIgnoreCase(name)
          || key.path().equalsIgnoreCase(name)) {
        return key.path();
      }
    }
    return table.path().isEmpty() && schema.flatKeys() ? variable(name) : null;
  }

  private static boolean named(Key key, String name) {
    String path = key.path();
    int start = path.length() - name.length();
    return start >= 0
        && (start == 0 || path.charAt(start - 1) == '.')
        && path.regionMatches(true, start, name, 0, name.length());
  }

  /// The environment name that was meant, null when none is near.
  @Nullable String variable(String name) {
    refresh();
    NameIndex index = variables;
    if (index == null) {
      List<String> names = new ArrayList<>();
      for (Key key : keys.all()) {
        if (keys.hasVariable(key)) {
          names.add(key.variable());
        }
      }
      index = new NameIndex(names);
      variables = index;
    }
    return index.nearest(name);
  }

  /// The path or environment name that was meant.
  @Nullable String any(String name) {
    refresh();
    NameIndex index = paths;
    if (index == null) {
      List<String> names = new ArrayList<>();
      for (Key key : keys.all()) {
        if (!keys.isShadow(key)) {
          names.add(key.path());
        }
      }
      index = new NameIndex(names);
      paths = index;
    }
    String path = index.nearest(name);
    String variable = variable(name);
    return path == null || (variable != null && name.equals(name.toUpperCase(Locale.ROOT)))
        ? variable
        : path;
  }

  /// Forgets the names when files have added some.
  private void refresh() {
    if (known != keys.size()) {
      known = keys.size();
      variables = null;
      paths = null;
    }
  }

  /// Words about the first character of a name that is not ASCII, since it may look as if it were;
  /// empty when there is none.
  static String strange(String name) {
    int at = 0;
    for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
      at++;
      if (name.codePointAt(i) > 126) {
        return " (its character %d is U+%04X, not ASCII)".formatted(at, name.codePointAt(i));
      }
    }
    return "";
  }
}
