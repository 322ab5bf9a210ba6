package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what was meant by a name that nothing has.
final class Suggestions {
  private Suggestions() {}

  /// The nearest of the known texts, null when none is near.
  static @Nullable String nearest(String text, Iterable<String> known) {
    String best = null;
    int limit = limit(text) + 1;
    for (String one : known) {
      int distance = EditDistance.within(text, one, limit - 1);
      if (distance < limit) {
        best = one;
        limit = distance;
      }
    }
    return best;
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
  static @Nullable String key(String name, Names table, Schema schema) {
    String near = nearest(name, table.names());
    if (near != null) {
      return table.pathOf(near);
    }
    for (Key key : schema.keys()) {
      if (key.name().equalsIgnoreCase(name)
          || key.variable().equalsIgnoreCase(name)
          || key.path().equalsIgnoreCase(name)) {
        return key.path();
      }
    }
    if (table.path().isEmpty()) {
      String variable = variable(name, schema.keys());
      return variable != null && schema.flatKeys() ? variable : null;
    }
    return null;
  }

  /// The environment name that was meant, null when none is near.
  static @Nullable String variable(String name, Iterable<Key> keys) {
    String best = null;
    int limit = limit(name) + 1;
    for (Key key : keys) {
      int distance = EditDistance.within(name, key.variable(), limit - 1);
      if (distance < limit) {
        best = key.variable();
        limit = distance;
      }
    }
    return best;
  }

  /// The path or environment name that was meant.
  static @Nullable String any(String name, Iterable<Key> keys) {
    String variable = variable(name, keys);
    String path = null;
    int limit = limit(name) + 1;
    for (Key key : keys) {
      int distance = EditDistance.within(name, key.path(), limit - 1);
      if (distance < limit) {
        path = key.path();
        limit = distance;
      }
    }
    return path == null
            || (variable != null && name.equals(name.toUpperCase(java.util.Locale.ROOT)))
        ? variable
        : path;
  }

  private static int limit(String text) {
    return text.length() < 4 ? 1 : text.length() < 8 ? 2 : 3;
  }
}
