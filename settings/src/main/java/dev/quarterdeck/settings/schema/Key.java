package dev.quarterdeck.settings.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One setting of a schema. Immutable once the schema is built.
public final class Key {
  private final int index;
  private final String path;
  private final String variable;
  private final Type type;
  private final String doc;
  private final @Nullable String[] defaults;
  private final @Nullable Constraint constraint;
  private final boolean secret;
  private final boolean optional;
  private final boolean required;
  private final String computed;
  private final String unit;
  private final @Nullable String secretFile;
  private final String deprecated;
  private final boolean chooses;
  private final int chosenBy;
  private final List<String> variants;
  private final int owner;

  Key(KeyBuilder from, int index, List<String> profiles) {
    this.index = index;
    this.path = from.path;
    this.variable = from.variable;
    this.type = from.type;
    this.doc = from.doc;
    this.defaults = from.defaults(profiles);
    this.constraint = from.constraint;
    this.secret = from.secret;
    this.optional = from.optional;
    this.required = !from.optional;
    this.computed = from.computed;
    this.unit = from.unit;
    this.secretFile = secret || Types.isUrl(type) ? variable + "_FILE" : null;
    this.deprecated = from.deprecated;
    this.chooses = from.chooses;
    this.chosenBy = from.chosenBy;
    this.variants = from.variants;
    this.owner = -1;
  }

  /// A setting of one element of a list or map.
  private Key(Key of, String path, String variable, int base, int owner) {
    this.index = base + of.index;
    this.path = path + "." + of.path;
    this.variable = variable.isEmpty() ? "" : variable + "_" + of.variable;
    this.type = of.type;
    this.doc = of.doc;
    this.defaults = of.defaults;
    this.constraint = of.constraint;
    this.secret = of.secret;
    this.optional = of.optional;
    this.required = of.required;
    this.computed = of.computed;
    this.unit = of.unit;
    this.secretFile = of.secretFile == null || variable.isEmpty() ? null : this.variable + "_FILE";
    this.deprecated = of.deprecated;
    this.chooses = of.chooses;
    this.chosenBy = of.chosenBy < 0 ? -1 : base + of.chosenBy;
    this.variants = of.variants;
    this.owner = owner;
  }

  /// This setting of one element of a list or map.
  ///
  /// @param path the element's path
  /// @param variable what its environment variables start with, empty for none
  /// @param base the number of the element's first setting
  /// @param owner the number of the list or map
  public Key in(String path, String variable, int base, int owner) {
    return new Key(this, path, variable, base, owner);
  }

  /// The place in the schema, from 0.
  public int index() {
    return index;
  }

  /// The canonical path: `kafka.max_poll_records`.
  public String path() {
    return path;
  }

  /// The environment variable: `KAFKA_MAX_POLL_RECORDS`.
  public String variable() {
    return variable;
  }

  /// The last part of the path.
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /// The type, without the `Optional` and `Secret` around it.
  public Type type() {
    return type;
  }

  /// What the setting does, in one sentence.
  public String doc() {
    return doc;
  }

  /// The default in a profile, as a text; null when there is none.
  ///
  /// @param profile the profile's number, -1 without profiles
  public @Nullable String fallback(int profile) {
    return defaults[profile + 1];
  }

  /// Whether the default of a profile is the profile's own.
  public boolean ownDefault(int profile) {
    return profile >= 0 && !java.util.Objects.equals(defaults[profile + 1], defaults[0]);
  }

  /// What the value must meet beyond its type, null for nothing.
  public @Nullable Constraint constraint() {
    return constraint;
  }

  /// The type in words with its constraint: `integer, 1 to 256`.
  public String typeInWords() {
    String words = type.name();
    if (!type.choices().isEmpty()) {
      words = type.name().equals("one of") ? type.expected() : type.name() + ": " + type.expected();
    }
    String more = constraint == null ? "" : constraint.describe(type);
    String secrecy = secret ? "secret " : "";
    String inUnit = unit.isEmpty() ? "" : " (" + unit + ")";
    return secrecy + words + inUnit + (more.isEmpty() ? "" : ", " + more);
  }

  /// Whether the value is secret.
  public boolean secret() {
    return secret;
  }

  /// Whether the record holds it as `Optional`.
  public boolean optional() {
    return optional;
  }

  /// Whether a profile without a default needs a value.
  public boolean required() {
    return required;
  }

  /// How documentation shows a default that the program computes; empty for none.
  public String computed() {
    return computed;
  }

  /// The unit of bare numbers; empty for none.
  public String unit() {
    return unit;
  }

  /// The variable that names a file with the value, null where none is read.
  public @Nullable String secretFile() {
    return secretFile;
  }

  /// Why nobody should use the setting any more; empty while they should.
  public String deprecated() {
    return deprecated;
  }

  /// Whether the setting says which variant of a sealed interface its table is.
  public boolean chooses() {
    return chooses;
  }

  /// The number of the setting that chooses the variant, -1 when every variant has this one.
  public int chosenBy() {
    return chosenBy;
  }

  /// The variants that have the setting; empty when it does not depend on one.
  public List<String> variants() {
    return variants;
  }

  /// The number of the list or map that it is in, -1 for none.
  public int owner() {
    return owner;
  }

  /// Whether the value is secret, or tables with a secret in them.
  public boolean holdsSecrets() {
    TablesType tables = tables();
    if (tables == null) {
      return secret;
    }
    for (Key inner : tables.schema().keys()) {
      if (inner.holdsSecrets()) {
        return true;
      }
    }
    return false;
  }

  /// The tables of a list or map, null for any other setting.
  public @Nullable TablesType tables() {
    return type.tables();
  }

  @Override
  public String toString() {
    return path;
  }
}
