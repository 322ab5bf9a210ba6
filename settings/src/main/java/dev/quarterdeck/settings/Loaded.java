package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings that loaded. Immutable; its [#toString] shows no value.
///
/// @param <T> the root record
public final class Loaded<T> {
  private final T value;
  private final Provenance provenance;
  private final List<Fault> warnings;
  private final Loader<T> from;

  Loaded(T value, Provenance provenance, List<Fault> warnings, Loader<T> from) {
    this.value = value;
    this.provenance = provenance;
    this.warnings = List.copyOf(warnings);
    this.from = from;
  }

  /// The record.
  public T value() {
    return value;
  }

  /// The profile, empty without profiles.
  public String profile() {
    return provenance.profile();
  }

  /// Where every value comes from.
  public Provenance provenance() {
    return provenance;
  }

  /// All definitions of a setting, the one that holds first.
  ///
  /// @param name its path or environment name
  /// @throws IllegalArgumentException when there is no such setting
  public List<Definition> definitions(String name) {
    Key key = provenance.find(name);
    if (key == null) {
      throw new IllegalArgumentException(name + ": there is no such setting");
    }
    return provenance.definitions(key);
  }

  /// The path or environment name that was meant by a name that no setting has, null when none is
  /// near.
  public @Nullable String nearest(String name) {
    return Suggestions.nearest(name, schema());
  }

  /// The schema.
  public Schema schema() {
    return provenance.schema();
  }

  /// What the load warns of.
  public List<Fault> warnings() {
    return warnings;
  }

  /// Warnings for environment variables whose names are nearly a setting's. Goes through the whole
  /// environment that was given, which a load never does.
  public List<Fault> nearMisses() {
    return from.nearMisses();
  }

  @Override
  public String toString() {
    return "Loaded[" + schema().keys().size() + " settings]";
  }
}
