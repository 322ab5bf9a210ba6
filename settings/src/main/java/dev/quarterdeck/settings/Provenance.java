package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import java.util.ArrayList;
import java.util.List;
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
    return text == null
        ? new Definition(key.path(), Layer.CODE_DEFAULT, new Place.Nowhere(), shown(values, key))
        : fallback(load, key, profile, text);
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
    if (value == null || key.secret()) {
      return null;
    }
    Object plain = key.type().plain(value);
    return plain instanceof String text ? Redaction.urls(text) : plain;
  }

  /// Whether the value of a setting must not be written to a file: a secret, or a URL with a
  /// password.
  public boolean confidential(Key key) {
    Object value = values[key.index()];
    return key.secret()
        || (value != null
            && key.type().plain(value) instanceof String text
            && Redaction.holdsPassword(text));
  }

  /// Whether the setting has a value.
  public boolean present(Key key) {
    return values[key.index()] != null;
  }
}
