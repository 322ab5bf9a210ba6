package dev.quarterdeck.settings.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All settings of a root record, with their names. Immutable; one instance per root record.
public final class Schema {
  private final List<Key> keys;
  private final Map<String, Key> byVariable;
  private final Map<String, Key> byPath;
  private final Names root;
  private final List<Retired> retired = new ArrayList<>();
  private final List<Key> repeated = new ArrayList<>();
  private final List<String> profiles;
  private final List<String> strict;
  private final @Nullable Key profileKey;
  private final boolean flatKeys;
  private final String prefix;

  private Schema(Builder from) {
    this.root = from.root;
    this.profiles = from.profiles;
    this.strict = from.strict;
    this.flatKeys = from.flatKeys;
    this.prefix = from.prefix;
    int size = from.keys.size();
    List<Key> list = new ArrayList<>(size);
    this.byVariable = HashMap.newHashMap(size);
    this.byPath = HashMap.newHashMap(size);
    for (int i = 0; i < size; i++) {
      KeyBuilder builder = from.keys.get(i);
      Key key = new Key(builder, i, profiles);
      list.add(key);
      byVariable.put(key.variable(), key);
      byPath.put(key.path(), key);
      from.homes.get(i).put(key.name(), key);
      if (key.tables() != null) {
        repeated.add(key);
      }
    }
    this.keys = Collections.unmodifiableList(list);
    for (String[] one : from.retired) {
      Retired name = new Retired(one[0], one[1], byPath.get(one[2]), one[3]);
      retired.add(name);
      root.retire(name.path(), name);
    }
    this.profileKey = profiles.isEmpty() ? null : byPath.get(from.profileKey);
  }

  /// The settings in the order of declaration.
  public List<Key> keys() {
    return keys;
  }

  /// The setting of an environment variable's name, exact case.
  public @Nullable Key byVariable(String name) {
    return byVariable.get(name);
  }

  /// The setting of a path, exact case.
  public @Nullable Key byPath(String path) {
    return byPath.get(path);
  }

  /// The setting that a path in a file stands for, in lists and maps the one that all their
  /// elements have: `ships.name` for the key below `[[ships]]`, `harbours.north.places` for a table
  /// by name. A name that a setting had before is that setting.
  public @Nullable Key declared(String path) {
    Key key = byPath.get(path);
    if (key != null) {
      return key;
    }
    for (Key one : repeated) {
      TablesType tables = one.tables();
      if (tables != null && path.startsWith(one.path() + ".")) {
        int start = one.path().length() + 1;
        int dot = tables.named() ? path.indexOf('.', start) : start - 1;
        return dot < 0 || path.indexOf('"') >= 0
            ? null
            : tables.schema().declared(path.substring(dot + 1));
      }
    }
    Retired old = retired(path);
    return old == null ? null : old.now();
  }

  /// The setting of a path or environment name.
  public @Nullable Key find(String name) {
    Key key = byPath.get(name);
    return key == null ? byVariable.get(name) : key;
  }

  /// The settings that are lists or maps of tables.
  public List<Key> repeated() {
    return Collections.unmodifiableList(repeated);
  }

  /// The names that settings had and have no more.
  public List<Retired> retired() {
    return Collections.unmodifiableList(retired);
  }

  /// What a path or environment name was, null when no setting had it.
  public @Nullable Retired retired(String name) {
    for (Retired one : retired) {
      if (one.path().equals(name) || one.variable().equals(name)) {
        return one;
      }
    }
    return null;
  }

  /// The top level.
  public Names root() {
    return root;
  }

  /// The profiles; the first is used when none is chosen.
  public List<String> profiles() {
    return profiles;
  }

  /// Whether a profile is strict on secrets.
  public boolean strict(int profile) {
    return profile >= 0 && strict.contains(profiles.get(profile));
  }

  /// The setting that chooses the profile, null without profiles.
  public @Nullable Key profileKey() {
    return profileKey;
  }

  /// Whether environment names are keys at the top level of a file.
  public boolean flatKeys() {
    return flatKeys;
  }

  /// What all environment names start with, `_` included; may be empty.
  public String prefix() {
    return prefix;
  }

  /// Collects a schema; for generated code.
  public static final class Builder {
    private final Names root = new Names("", "");
    private final List<KeyBuilder> keys = new ArrayList<>();
    private final List<Names> homes = new ArrayList<>();
    private final List<String[]> retired = new ArrayList<>();
    private final Map<String, Names> tables = new HashMap<>();
    private Names current = root;
    private List<String> profiles = List.of();
    private List<String> strict = List.of();
    private String profileKey = "profile";
    private boolean flatKeys;
    private String prefix = "";

    /// A schema without settings.
    public Builder() {}

    /// The profiles, and those of them that are strict.
    public Builder profiles(String profileKey, List<String> profiles, List<String> strict) {
      this.profileKey = profileKey;
      this.profiles = profiles;
      this.strict = strict;
      return this;
    }

    /// Allows environment names as keys at the top level of a file.
    public Builder flatKeys() {
      flatKeys = true;
      return this;
    }

    /// What all environment names start with.
    public Builder prefix(String prefix) {
      this.prefix = prefix;
      return this;
    }

    /// The table that the next settings stand in; its parents come before it.
    public Builder table(String path, String doc) {
      Names known = path.isEmpty() ? root : tables.get(path);
      if (known == null) {
        known = new Names(path, doc);
        tables.put(path, known);
        int dot = path.lastIndexOf('.');
        Names parent = dot < 0 ? root : tables.get(path.substring(0, dot));
        if (parent == null) {
          throw new IllegalArgumentException(path + ": the table around it is not declared");
        }
        parent.put(path.substring(dot + 1), known);
      }
      current = known;
      return this;
    }

    /// Adds a setting to the current table.
    public KeyBuilder key(String path, String variable, Type type, String doc) {
      KeyBuilder key = new KeyBuilder(path, variable, type, doc);
      keys.add(key);
      homes.add(current);
      return key;
    }

    /// A name that a setting had before.
    public Builder relocated(String path, String variable, String now) {
      retired.add(new String[] {path, variable, now, ""});
      return this;
    }

    /// A name whose setting is gone.
    public Builder defunct(String path, String variable, String reason) {
      retired.add(new String[] {path, variable, "", reason});
      return this;
    }

    /// The schema.
    public Schema build() {
      return new Schema(this);
    }
  }
}
