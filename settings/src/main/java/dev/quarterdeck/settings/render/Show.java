package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.Definition;
import dev.quarterdeck.settings.Layer;
import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.schema.Key;
import java.util.LinkedHashMap;
import java.util.Map;

/// The values in effect, with where they come from.
public final class Show {
  private Show() {}

  /// One line for each setting: key, value, origin. Lists and maps of records have a line for each
  /// setting of their tables; variants that were not chosen have none.
  public static String text(Provenance provenance) {
    return text(provenance, false);
  }

  /// The same.
  ///
  /// @param colours whether a person looks at it, on a terminal: what was set stands out
  public static String text(Provenance provenance, boolean colours) {
    Columns columns = new Columns();
    for (Key key : provenance.keys()) {
      boolean listed = key.tables() != null && !provenance.tableNames(key).isEmpty();
      if (listed || !provenance.applies(key)) {
        continue;
      }
      Definition winner = provenance.winner(key);
      boolean set = winner.layer().compareTo(Layer.PROFILE_DEFAULT) > 0;
      columns.row(
          new Tone[] {Tone.PLAIN, set ? Tone.STRONG : Tone.PLAIN, Tone.QUIET},
          key.path(),
          value(provenance, key, winner),
          winner.place().toString());
    }
    return columns.text("", colours);
  }

  private static String value(Provenance provenance, Key key, Definition winner) {
    if (provenance.missing(key)) {
      return "(required)";
    }
    if (provenance.present(key)) {
      return winner.shown().isEmpty() ? "\"\"" : winner.shown();
    }
    return key.computed().isEmpty() ? "-" : "(" + key.computed() + ")";
  }

  /// `{"key": {"value": …, "origin": …, "secret": …}}`.
  public static String json(Provenance provenance) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (Key key : provenance.keys()) {
      if (!provenance.applies(key)) {
        continue;
      }
      Definition winner = provenance.winner(key);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put(
          "value", key.secret() && provenance.present(key) ? "<secret>" : provenance.plain(key));
      one.put("layer", winner.layer().label());
      one.put("place", FaultsJson.place(winner.place()));
      one.put("variable", key.variable());
      one.put("secret", key.secret());
      document.put(key.path(), one);
    }
    return Json.write(document);
  }
}
