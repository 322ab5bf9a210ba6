package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.TablesType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the tables of lists and maps of records as plain lists and maps.
final class PlainTables {
  private final Load load;
  private final @Nullable Object[] values;

  PlainTables(Load load, @Nullable Object[] values) {
    this.load = load;
    this.values = values;
  }

  private enum What {
    /// Every value, secrets and URLs redacted.
    SHOWN,
    /// Those that a file must give, without what must not stand in one.
    GIVEN,
    /// Every value as it is, for comparing.
    ALL
  }

  /// The tables, for showing or for a file.
  Object of(Key tables, boolean given) {
    return tables(tables, given ? What.GIVEN : What.SHOWN);
  }

  /// The tables with their secrets, for comparing only.
  Object all(Key tables) {
    return tables(tables, What.ALL);
  }

  private Object tables(Key owner, What what) {
    TablesType type = owner.tables();
    boolean named = type != null && type.named();
    int count = type == null ? 0 : type.schema().keys().size();
    Map<String, Object> map = new LinkedHashMap<>();
    List<Object> list = new ArrayList<>();
    for (Element element : load.keys.elements(owner)) {
      Map<String, Object> table = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        Key key = load.keys.get(element.first() + i);
        Object value = value(key, what);
        if (value != null) {
          put(table, key.path().substring(element.path().length() + 1), value);
        }
      }
      list.add(table);
      map.put(element.name(), table);
    }
    return named ? map : list;
  }

  private @Nullable Object value(Key key, What what) {
    if (key.tables() != null) {
      boolean left = what == What.GIVEN && load.keys.elements(key).isEmpty();
      return left ? null : tables(key, what);
    }
    Object value = values[key.index()];
    return switch (what) {
      case ALL -> value == null ? null : value instanceof Secret ? value : key.type().render(value);
      case SHOWN ->
          value == null
              ? null
              : key.secret() ? Redaction.SECRET : Provenance.redacted(key.type().plain(value));
      case GIVEN ->
          load.heads[key.index()] == null || Provenance.confidential(key, value)
              ? null
              : value == null ? (key.chosenBy() < 0 ? "" : null) : key.type().plain(value);
    };
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> table, String path, Object value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      table.put(path, value);
    } else {
      Object inner = table.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<>());
      put((Map<String, Object>) inner, path.substring(dot + 1), value);
    }
  }
}
