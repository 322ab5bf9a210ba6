package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Schema;
import org.jspecify.annotations.Nullable;

/// Finds out which settings and tables the variants of a sealed interface have.
final class Variants {
  private Variants() {}

  /// The setting that chooses the variant of a table; null when none or several do.
  static @Nullable Key chooser(Names table) {
    Key found = null;
    for (String name : table.names()) {
      Key key = table.key(name);
      if (key != null && key.chooses()) {
        if (found != null) {
          return null;
        }
        found = key;
      }
    }
    return found;
  }

  /// Whether a variant has a setting; true when the setting does not depend on that choice.
  static boolean has(Schema schema, Key key, @Nullable Key chooser, String variant) {
    Key one = key;
    while (chooser != null && one.chosenBy() >= 0) {
      if (one.chosenBy() == chooser.index()) {
        return one.variants().contains(variant);
      }
      one = schema.keys().get(one.chosenBy());
    }
    return true;
  }

  /// Whether a variant has anything of a table.
  static boolean has(Schema schema, Names table, @Nullable Key chooser, String variant) {
    for (String name : table.names()) {
      Key key = table.key(name);
      Names inner = table.table(name);
      if (key == null
          ? inner != null && has(schema, inner, chooser, variant)
          : has(schema, key, chooser, variant)) {
        return true;
      }
    }
    return false;
  }
}
