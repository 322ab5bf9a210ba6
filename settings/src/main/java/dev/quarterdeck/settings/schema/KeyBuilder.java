package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A setting on its way into a schema; for generated code. Used by one thread.
public final class KeyBuilder {
  final String path;
  final String variable;
  final Type type;
  final String doc;
  @Nullable Constraint constraint;
  boolean secret;
  boolean optional;
  String computed = "";
  String unit = "";
  String deprecated = "";
  int chosenBy = -1;
  boolean chooses;
  List<String> variants = List.of();
  private @Nullable String fallback;
  private String[] own = {};

  KeyBuilder(String path, String variable, Type type, String doc) {
    this.path = path;
    this.variable = variable;
    this.type = type;
    this.doc = doc;
  }

  /// The default of all profiles that have none of their own.
  public KeyBuilder fallback(String text) {
    fallback = text;
    return this;
  }

  /// Defaults of single profiles: profile, text, profile, text …
  public KeyBuilder profiles(String... profilesAndTexts) {
    own = profilesAndTexts;
    return this;
  }

  /// What the value must meet.
  public KeyBuilder constraint(Constraint constraint) {
    this.constraint = constraint;
    return this;
  }

  /// The value is secret.
  public KeyBuilder secret() {
    secret = true;
    return this;
  }

  /// The record holds it as `Optional`.
  public KeyBuilder optional() {
    optional = true;
    return this;
  }

  /// The default that the program computes, for documentation.
  public KeyBuilder computed(String text) {
    computed = text;
    return this;
  }

  /// The unit of bare numbers.
  public KeyBuilder unit(String text) {
    unit = text;
    return this;
  }

  /// The setting chooses a variant of a sealed interface.
  public KeyBuilder chooses() {
    chooses = true;
    return this;
  }

  /// Only some variants have the setting.
  ///
  /// @param chosenBy number of the setting that chooses, in this schema
  public KeyBuilder only(int chosenBy, List<String> variants) {
    this.chosenBy = chosenBy;
    this.variants = variants;
    return this;
  }

  /// Why nobody should use it any more.
  public KeyBuilder deprecated(String reason) {
    deprecated = reason;
    return this;
  }

  @Nullable String[] defaults(List<String> profiles) {
    @Nullable String[] defaults = new @Nullable String[profiles.size() + 1];
    for (int i = 0; i < defaults.length; i++) {
      defaults[i] = fallback;
    }
    for (int i = 0; i < own.length; i += 2) {
      int profile = profiles.indexOf(own[i]);
      defaults[profile + 1] = own[i + 1].equals(Setting.NONE) ? null : own[i + 1];
    }
    return defaults;
  }
}
