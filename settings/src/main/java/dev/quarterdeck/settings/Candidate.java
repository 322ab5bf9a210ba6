package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import dev.quarterdeck.settings.toml.Span;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import org.jspecify.annotations.Nullable;

/// A definition while a load goes on; linked to the definitions that it shadows.
final class Candidate {
  final Key key;
  final Layer layer;
  final @Nullable SourceFile file;
  final @Nullable Span span;
  final @Nullable Place given;
  final @Nullable Candidate shadowed;

  /// Exactly one of the two; both go when the load is over and the key is secret.
  @Nullable TomlNode node;

  @Nullable String text;

  /// The old name that it was given under, null for the setting's own.
  @Nullable Retired under;

  /// Rises from source to source: each file, the environment, the arguments.
  int source;

  /// How many tables of a list or map it gives, -1 when it gives none. They may hold secrets, so
  /// they are not shown.
  int tables = -1;

  boolean faulty;
  @Nullable Object value;

  /// In a file.
  Candidate(
      Key key,
      Layer layer,
      SourceFile file,
      Span span,
      @Nullable TomlNode node,
      @Nullable String text,
      @Nullable Candidate shadowed) {
    this.key = key;
    this.layer = layer;
    this.file = file;
    this.span = span;
    this.given = null;
    this.node = node;
    this.text = text;
    this.shadowed = shadowed;
  }

  /// Elsewhere.
  Candidate(Key key, Layer layer, Place place, String text, @Nullable Candidate shadowed) {
    this.key = key;
    this.layer = layer;
    this.file = null;
    this.span = null;
    this.given = place;
    this.text = text;
    this.shadowed = shadowed;
  }

  Place place() {
    if (given != null) {
      return given;
    }
    return file == null || span == null ? new Place.Nowhere() : file.place(span);
  }

  /// The text of a string, whether in a file or elsewhere; empty for anything else.
  String written() {
    return node instanceof TomlString string ? string.value() : text == null ? "" : text;
  }

  /// The value as it was written, redacted.
  String shown() {
    if (key.tables() != null && tables >= 0) {
      return tables == 1 ? "1 table" : tables + " tables";
    }
    if (key.holdsSecrets()) {
      return Redaction.SECRET;
    }
    String written = text != null ? text : node != null ? Nodes.text(node) : "";
    return Redaction.value(written);
  }

  void forgetSecret() {
    if (key.holdsSecrets()) {
      node = null;
      text = null;
    }
  }

  Definition definition() {
    return new Definition(key.path(), layer, place(), shown());
  }
}
