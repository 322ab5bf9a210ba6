package dev.quarterdeck.settings.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table of the schema: its keys and the tables in it. Immutable once the schema is built.
public final class Names {
  private final String path;
  private final String doc;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private @Nullable Map<String, Object> retired;

  Names(String path, String doc) {
    this.path = path;
    this.doc = doc;
  }

  /// The table's path, empty for the top level.
  public String path() {
    return path;
  }

  /// What the table is about.
  public String doc() {
    return doc;
  }

  /// The setting of a name, null when the name is none or a table's.
  public @Nullable Key key(String name) {
    return members.get(name) instanceof Key key ? key : null;
  }

  /// The table of a name, null when the name is none or a setting's.
  public @Nullable Names table(String name) {
    return members.get(name) instanceof Names table ? table : null;
  }

  /// All names, in the order of declaration.
  public Iterable<String> names() {
    return members.keySet();
  }

  /// The path of a name in this table.
  public String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /// What a name was, when no setting or table has it any more; null when it never was one.
  public @Nullable Retired retired(String name) {
    return retired != null && retired.get(name) instanceof Retired one ? one : null;
  }

  /// The names that settings and tables here had and have no more.
  public Iterable<String> retiredNames() {
    return retired == null ? List.of() : retired.keySet();
  }

  /// The names that were in a table that is gone, null when there was no such table.
  public @Nullable Names retiredTable(String name) {
    return retired != null && retired.get(name) instanceof Names table ? table : null;
  }

  /// Adds a retired name below this table.
  void retire(String rest, Retired one) {
    int dot = rest.indexOf('.');
    String name = dot < 0 ? rest : rest.substring(0, dot);
    if (dot >= 0 && members.get(name) instanceof Names table) {
      table.retire(rest.substring(dot + 1), one);
      return;
    }
    Map<String, Object> names = retired;
    if (names == null) {
      names = new LinkedHashMap<>();
      retired = names;
    }
    if (dot < 0) {
      names.put(name, one);
    } else if (names.computeIfAbsent(name, key -> new Names(pathOf(key), ""))
        instanceof Names table) {
      table.retire(rest.substring(dot + 1), one);
    }
  }

  void put(String name, Object member) {
    members.put(name, member);
  }
}
