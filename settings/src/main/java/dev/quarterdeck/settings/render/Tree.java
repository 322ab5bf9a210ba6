package dev.quarterdeck.settings.render;

import java.util.LinkedHashMap;
import java.util.Map;

/// Nested maps filled by path.
final class Tree {
  private final Map<String, Object> root = new LinkedHashMap<>();

  @SuppressWarnings("unchecked")
  void put(String path, Object value) {
    Map<String, Object> table = root;
    int start = 0;
    int dot = path.indexOf('.');
    while (dot >= 0) {
      table =
          (Map<String, Object>)
              table.computeIfAbsent(path.substring(start, dot), key -> new LinkedHashMap<>());
      start = dot + 1;
      dot = path.indexOf('.', start);
    }
    table.put(path.substring(start), value);
  }

  Map<String, Object> root() {
    return root;
  }
}
