package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import dev.quarterdeck.settings.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/// What there is to say of a setting beside its type and default.
final class Notes {
  private Notes() {}

  /// One sentence each: which variant has it, that it is deprecated, what it was called before.
  ///
  /// @param schema the schema that the key is declared in
  static List<String> of(Schema schema, Key key) {
    List<String> notes = new ArrayList<>();
    if (!key.variants().isEmpty() && key.owner() < 0) {
      String chooser = schema.keys().get(key.chosenBy()).name();
      notes.add("Only with " + chooser + " = " + String.join(" or ", key.variants()) + ".");
    }
    if (!key.deprecated().isEmpty()) {
      notes.add("Deprecated: " + key.deprecated());
    }
    List<String> old = new ArrayList<>();
    for (Retired one : schema.retired()) {
      Key now = one.now();
      if (now != null && now.path().equals(key.path())) {
        old.add(one.path());
      }
    }
    if (!old.isEmpty()) {
      notes.add("Formerly " + String.join(", ", old) + ".");
    }
    return notes;
  }
}
