package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import dev.quarterdeck.settings.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where every setting's value comes from. Immutable, shows no secret; may be shared between
/// threads.
public final class Provenance {
  private final Load load;
  private final @Nullable Object[] values;

  Provenance(Load load, @Nullable Object[] values) {
    this.load = load;
    this.values = values;
  }

  /// The schema.
  public Schema schema() {
    return load.schema;
  }

  /// The settings of this load in the order of the schema: those of the tables of a list or map
  /// come behind it.
  public List<Key> keys() {
    return load.keys.inOrder();
  }

  /// The setting of a path or environment name, those of lists and maps included; null when there
  /// is none. A name that a setting had before is that setting.
  public @Nullable Key find(String name) {
    Key key = load.keys.find(name);
    Retired old = key == null ? load.keys.retired(name) : null;
    return old == null ? key : old.now();
  }

  /// Whether the chosen variant has the setting; true where there are no variants.
  public boolean applies(Key key) {
    return key.chosenBy() < 0
        || (values[key.chosenBy()] instanceof String chosen && key.variants().contains(chosen));
  }

  /// The profile, empty without profiles.
  public String profile() {
    return load.profile < 0 ? "" : load.schema.profiles().get(load.profile);
  }

  /// All definitions of a setting, the one that holds first; defaults included.
  public List<Definition> definitions(Key key) {
    List<Definition> list = new ArrayList<>();
    for (Candidate one = load.heads[key.index()]; one != null; one = one.shadowed) {
      list.add(one.definition());
    }
    if (key.ownDefault(load.profile)) {
      addDefault(list, key, load.profile);
    }
    addDefault(list, key, -1);
    return list;
  }

  private void addDefault(List<Definition> list, Key key, int profile) {
    String text = key.fallback(profile);
    if (text != null) {
      list.add(fallback(load, key, profile, text));
    }
  }

  private static Definition fallback(Load load, Key key, int profile, String text) {
    return new Definition(
        key.path(),
        profile < 0 ? Layer.CODE_DEFAULT : Layer.PROFILE_DEFAULT,
        new Place.Default(profile < 0 ? "" : load.schema.profiles().get(profile)),
        key.secret() ? Redaction.SECRET : Redaction.value(text));
  }

  /// The definition that holds, its value in the setting's normal notation.
  public Definition winner(Key key) {
    return winner(load, values, key);
  }

  static Definition winner(Load load, @Nullable Object[] values, Key key) {
    Candidate head = load.heads[key.index()];
    if (head != null) {
      return new Definition(key.path(), head.layer, head.place(), shown(values, key));
    }
    int profile = key.ownDefault(load.profile) ? load.profile : -1;
    String text = key.fallback(profile);
    Definition named = fallback(load, key, profile, text == null ? "" : text);
    Place place = text == null ? new Place.Nowhere() : named.place();
    return new Definition(key.path(), named.layer(), place, shown(values, key));
  }

  private static String shown(@Nullable Object[] values, Key key) {
    Object value = values[key.index()];
    if (value == null) {
      return "";
    }
    return key.secret() ? Redaction.SECRET : Redaction.value(key.type().render(value));
  }

  /// The value of a setting as types that TOML and JSON have, passwords of URLs replaced; null when
  /// there is none or it is secret.
  public @Nullable Object plain(Key key) {
    Object value = values[key.index()];
    if (key.tables() != null) {
      return new PlainTables(load, values).of(key, false);
    }
    return value == null || key.secret() ? null : redacted(key.type().plain(value));
  }

  /// The tables of a list or map as lists and maps, with those settings only that some layer gives
  /// a value and that may stand in a file.
  public Object given(Key tables) {
    return new PlainTables(load, values).of(tables, true);
  }

  static Object redacted(Object plain) {
    if (plain instanceof String text) {
      return Redaction.urls(text);
    }
    if (plain instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(one -> copy.add(redacted(one)));
      return copy;
    }
    if (plain instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((name, one) -> copy.put(name, redacted(one)));
      return copy;
    }
    return plain;
  }

  /// The value as the record holds it, secrets and passwords of URLs included; null when there is
  /// none. Every call of this is a place to audit.
  @Nullable Object held(Key key) {
    return values[key.index()];
  }

  /// The name of a setting, the numbers of lists in brackets.
  String spelled(Key key, FlatValue.Spelling spelling) {
    return load.keys.spelled(load.keys.home(key), key.path(), spelling);
  }

  /// Whether the value of a setting must not be written to a file: a secret, or one with a URL that
  /// holds a password.
  public boolean confidential(Key key) {
    return confidential(key, values[key.index()]);
  }

  static boolean confidential(Key key, @Nullable Object value) {
    return key.secret()
        || (value != null && !redacted(key.type().plain(value)).equals(key.type().plain(value)));
  }

  /// Whether the setting has a value.
  public boolean present(Key key) {
    return values[key.index()] != null;
  }

  /// Whether the setting needs a value and has none; what [#present] says of it then is no value.
  public boolean missing(Key key) {
    return load.heads[key.index()] == null
        && !key.optional()
        && applies(key)
        && key.fallback(load.profile) == null;
  }

  /// The value in its setting's normal notation, passwords of URLs replaced; null when there is
  /// none or it is secret.
  @Nullable String redacted(Key key) {
    Object value = values[key.index()];
    if (key.tables() != null) {
      return Told.document(new PlainTables(load, values).of(key, false));
    }
    return value == null || key.secret() ? null : Redaction.urls(key.type().render(value));
  }

  /// This load's setting of the path of another load's one; null when no table here has it.
  public @Nullable Key own(Key key) {
    return key.owner() < 0 ? key : load.keys.byPath(key.path());
  }

  /// The names or numbers of the tables of a list or map, in their order.
  public List<String> tableNames(Key tables) {
    List<String> names = new ArrayList<>();
    for (Element element : load.keys.elements(tables)) {
      names.add(element.name());
    }
    return names;
  }

  /// Whether a setting has the same value in another load of the same schema; secrets too.
  public boolean sameValue(Key key, Provenance other) {
    Key mine = own(key);
    Key yours = other.own(key);
    if (mine == null || yours == null) {
      return mine == null && yours == null;
    }
    if (mine.tables() != null) {
      return new PlainTables(load, values)
          .all(mine)
          .equals(new PlainTables(other.load, other.values).all(yours));
    }
    if (missing(mine) || other.missing(yours)) {
      return missing(mine) && other.missing(yours);
    }
    Object ours = values[mine.index()];
    Object theirs = other.values[yours.index()];
    if (ours instanceof Secret<?>
        || theirs instanceof Secret<?>
        || ours == null
        || theirs == null) {
      return Objects.equals(ours, theirs);
    }
    return key.type().render(ours).equals(key.type().render(theirs));
  }
}
