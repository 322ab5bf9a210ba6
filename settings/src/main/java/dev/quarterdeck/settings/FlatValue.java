package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value in effect as other frameworks take it: under a dotted name, with tables and lists of
/// tables taken apart (`pool.most`, `attributes.k`, `mirrors[0].host`).
///
/// @param key the setting it is of
/// @param value text, [Long], [Double], [Boolean], [Duration], or a [List] of them
public record FlatValue(Key key, Object value) {
  /// All values of a load by name, in the order of the schema; settings without a value are left
  /// out.
  ///
  /// @param secrets whether secrets, and URLs with a password, are given as they are; else they are
  ///   left out
  public static Map<String, FlatValue> all(Loaded<?> loaded, boolean secrets) {
    Map<String, FlatValue> values = new LinkedHashMap<>();
    Provenance provenance = loaded.provenance();
    for (Key key : provenance.schema().keys()) {
      Object held = provenance.held(key);
      if (held == null || (!secrets && provenance.confidential(key))) {
        continue;
      }
      Object revealed = held instanceof Secret<?> secret ? secret.reveal() : held;
      Object plain = revealed instanceof Duration ? revealed : key.type().plain(revealed);
      add(values, key.path(), key, plain);
    }
    return values;
  }

  private static void add(Map<String, FlatValue> values, String name, Key key, Object plain) {
    if (plain instanceof Map<?, ?> table) {
      table.forEach((member, value) -> add(values, name + "." + member, key, value));
    } else if (plain instanceof List<?> list && list.stream().anyMatch(FlatValue::isNested)) {
      for (int i = 0; i < list.size(); i++) {
        add(values, name + "[" + i + "]", key, list.get(i));
      }
    } else {
      values.put(name, new FlatValue(key, plain));
    }
  }

  private static boolean isNested(Object element) {
    return element instanceof Map || element instanceof List;
  }

  /// Without the value, which may be a secret's.
  @Override
  public String toString() {
    return "FlatValue[" + key.path() + "]";
  }
}
