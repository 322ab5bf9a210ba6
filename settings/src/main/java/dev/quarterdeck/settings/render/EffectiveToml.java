package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.Layer;
import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.toml.TomlWriter;

/// The values in effect as a TOML file that loads to an equal record, given the same secrets.
/// Defaults are left out: a program may ask whether a setting was given a value.
public final class EffectiveToml {
  private EffectiveToml() {}

  /// The file. What must not stand in a file is named in a comment at the top.
  public static String write(Provenance provenance) {
    StringBuilder comments = new StringBuilder();
    Tree tree = new Tree();
    for (Key key : provenance.keys()) {
      if (!provenance.applies(key)
          || provenance.winner(key).layer().compareTo(Layer.PROFILE_DEFAULT) <= 0) {
        continue;
      }
      if (key.tables() != null) {
        if (key.owner() < 0) {
          tree.put(key.path(), provenance.given(key));
        }
        continue;
      }
      Object plain = provenance.plain(key);
      if (provenance.confidential(key)) {
        comments.append("# ").append(key.path()).append(": set ").append(key.variable());
        comments.append(" or ").append(key.variable()).append("_FILE in the environment\n");
      } else if (key.owner() < 0) {
        tree.put(key.path(), plain == null ? "" : plain);
      }
    }
    return comments + (comments.isEmpty() ? "" : "\n") + TomlWriter.write(tree.root());
  }
}
