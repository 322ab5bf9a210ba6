package dev.quarterdeck.settings.toml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of a dotted key, linked to the part after it.
final class KeyPart {
  private static final int SHOWN = 80;

  final String name;
  final Span span;
  @Nullable KeyPart next;

  KeyPart(String name, Span span) {
    this.name = name;
    this.span = span;
  }

  /// Adds the names of this part and all behind it.
  void addTo(List<String> path) {
    for (KeyPart part = this; part != null; part = part.next) {
      path.add(part.name);
    }
  }

  /// How many parts follow this one.
  int following() {
    int count = 0;
    for (KeyPart part = next; part != null; part = part.next) {
      count++;
    }
    return count;
  }

  /// A path as messages show it: quoted where TOML needs it, one line, not too long.
  static String show(List<String> path) {
    StringBuilder shown = new StringBuilder();
    for (String name : path) {
      if (!shown.isEmpty()) {
        shown.append('.');
      }
      if (shown.length() > SHOWN) {
        return shown.append('…').toString();
      }
      boolean cut = name.length() > SHOWN;
      TomlText.key(shown, cut ? name.substring(0, SHOWN) + "…" : name);
    }
    return shown.toString();
  }
}
