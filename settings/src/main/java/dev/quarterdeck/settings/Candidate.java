package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.toml.Span;
import dev.quarterdeck.settings.toml.TomlNode;
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

  /// The value as it was written, redacted.
  String shown() {
    if (key.secret()) {
      return Redaction.SECRET;
    }
    String written = text != null ? text : node != null ? Nodes.text(node) : "";
    return Redaction.value(written);
  }

  void forgetSecret() {
    if (key.secret()) {
      node = null;
      text = null;
    }
  }

  Definition definition() {
    return new Definition(key.path(), layer, place(), shown());
  }
}
