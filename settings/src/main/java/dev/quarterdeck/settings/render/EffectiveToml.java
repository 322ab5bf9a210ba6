package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.toml.TomlWriter;

/// The values in effect as a TOML file that loads to an equal record, given the same secrets.
public final class EffectiveToml {
  private EffectiveToml() {}

  /// The file. What must not stand in a file is named in a comment at the top.
  public static String write(Provenance provenance) {
    StringBuilder comments = new StringBuilder();
    Tree tree = new Tree();
    int profile = provenance.schema().profiles().indexOf(provenance.profile());
    for (Key key : provenance.schema().keys()) {
      if (provenance.confidential(key)) {
        if (provenance.present(key)) {
          comments.append("# ").append(key.path()).append(": set ").append(key.variable());
          comments.append(" or ").append(key.variable()).append("_FILE in the environment\n");
        }
        continue;
      }
      Object plain = provenance.plain(key);
      if (plain != null) {
        tree.put(key.path(), plain);
      } else if (key.fallback(profile) != null) {
        tree.put(key.path(), "");
      }
    }
    return comments + (comments.isEmpty() ? "" : "\n") + TomlWriter.write(tree.root());
  }
}
