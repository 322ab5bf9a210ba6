package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.schema.Key;

/// What differs between two loads of the same schema.
public final class Difference {
  private Difference() {}

  /// One line for each setting whose values differ, empty when none does. Secrets are compared, not
  /// shown.
  public static String text(Provenance a, Provenance b) {
    Columns columns = new Columns();
    boolean any = false;
    for (Key key : a.schema().keys()) {
      if (!a.sameValue(key, b)) {
        any = true;
        columns.row(
            key.path(), shown(a, key), "->", shown(b, key), b.winner(key).place().toString());
      }
    }
    return any ? columns.text("") : "";
  }

  private static String shown(Provenance provenance, Key key) {
    return provenance.present(key) ? provenance.winner(key).shown() : "-";
  }
}
