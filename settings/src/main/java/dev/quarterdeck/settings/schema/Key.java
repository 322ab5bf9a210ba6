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
    String words = type.choices().isEmpty() || constraint == null ? type.name() : type.name();
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

  @Override
  public String toString() {
    return path;
  }
}
