package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value in effect as other frameworks take it: under a dotted name, with tables and lists of
/// tables taken apart (`pool.most`, `attributes.k`, `mirrors[0].host`, `harbours.north.piers`).
///
/// @param key the setting it is of
/// @param value text, [Long], [Double], [Boolean], [Duration], or a [List] of them
public record FlatValue(Key key, Object value) {
  /// How names are spelled.
  public interface Spelling {
    /// As settings files spell it: `harbours.north."pier 7".max_size`.
    Spelling PLAIN =
        new Spelling() {
          @Override
          public String setting(String path) {
            return path;
          }

          @Override
          public String table(String name) {
            return "." + Nodes.key(name);
          }
        };

    /// The path of a setting, from the root or from the table of a list or map that it is in.
    String setting(String path);

    /// What is added to the name of a map for one of its tables, a dot or bracket included.
    String table(String name);
  }

  /// All values of a load by name, in the order of the schema; settings without a value are left
  /// out. Those of the tables of lists and maps stand one by one.
  ///
  /// @param secrets whether secrets, and URLs with a password, are given as they are; else they are
  ///   left out
  public static Map<String, FlatValue> all(Loaded<?> loaded, boolean secrets) {
    return all(loaded, secrets, Spelling.PLAIN);
  }

  /// The same under names that another framework wants.
  public static Map<String, FlatValue> all(Loaded<?> loaded, boolean secrets, Spelling spelling) {
    Map<String, FlatValue> values = new LinkedHashMap<>();
    Provenance provenance = loaded.provenance();
    for (Key key : provenance.keys()) {
      Object held = key.tables() == null ? provenance.held(key) : null;
      if (held == null || (!secrets && provenance.confidential(key))) {
        continue;
      }
      Object revealed = held instanceof Secret<?> secret ? secret.reveal() : held;
      Object plain = revealed instanceof Duration ? revealed : key.type().plain(revealed);
      add(values, provenance.spelled(key, spelling), key, plain);
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
