package dev.quarterdeck.settings.render;

import dev.quarterdeck.settings.Definition;
import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.schema.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that is known of one setting.
public final class Explain {
  private Explain() {}

  /// Its names, documentation and type, and all its definitions, the one that holds marked.
  public static String text(Provenance provenance, Key key) {
    return text(provenance, key, false);
  }

  /// The same.
  ///
  /// @param colours whether a person looks at it, on a terminal: the one that holds stands out
  public static String text(Provenance provenance, Key key, boolean colours) {
    StringBuilder text = new StringBuilder();
    text.append(key.path());
    text.append(key.variable().isEmpty() ? "" : " (" + key.variable() + ")").append('\n');
    text.append("  ").append(key.doc()).append('\n');
    text.append("  Type: ").append(key.typeInWords()).append('\n');
    if (!key.computed().isEmpty()) {
      text.append("  Default: ").append(key.computed()).append('\n');
    }
    for (String line : Notes.of(provenance.schema(), key)) {
      text.append("  ").append(line).append('\n');
    }
    if (!provenance.applies(key)) {
      text.append("  Not in force: another variant is chosen.\n");
    }
    if (key.secretFile() != null) {
      text.append("  Also read from the file that ").append(key.secretFile()).append(" names\n");
    }
    List<Definition> definitions = provenance.definitions(key);
    if (definitions.isEmpty()) {
      return text.append("  Not set.\n").toString();
    }
    Columns columns = new Columns();
    for (int i = 0; i < definitions.size(); i++) {
      Definition one = definitions.get(i);
      String shown = one.shown().isEmpty() ? "\"\"" : one.shown();
      Tone tone = i == 0 ? Tone.STRONG : Tone.QUIET;
      columns.row(
          new Tone[] {tone, tone, tone, tone},
          i == 0 ? "*" : " ",
          one.layer().label(),
          shown,
          one.place().toString());
    }
    return text.append('\n').append(columns.text("  ", colours)).toString();
  }

  /// The same for programs.
  public static String json(Provenance provenance, Key key) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("key", key.path());
    document.put("variable", key.variable());
    document.put("doc", key.doc());
    document.put("type", key.typeInWords());
    document.put("secret", key.secret());
    document.put("notes", Notes.of(provenance.schema(), key));
    document.put(
        "value", key.secret() && provenance.present(key) ? "<secret>" : provenance.plain(key));
    List<Object> definitions = new ArrayList<>();
    for (Definition one : provenance.definitions(key)) {
      definitions.add(FaultsJson.definition(one));
    }
    document.put("definitions", definitions);
    return Json.write(document);
  }
}
