package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Types;
import dev.quarterdeck.settings.toml.Span;
import dev.quarterdeck.settings.toml.Toml;
import dev.quarterdeck.settings.toml.TomlError;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlResult;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.toml.TomlTable;
import java.nio.file.Path;
import java.util.List;

/// Takes the definitions of a TOML file.
final class TomlLayer {
  private final Load load;
  private final Layer layer;
  private final SourceFile file;

  private TomlLayer(Load load, Layer layer, SourceFile file) {
    this.load = load;
    this.layer = layer;
    this.file = file;
  }

  static void read(Load load, Layer layer, Path path) {
    SourceFile file = FileInput.open(load, path);
    if (file == null) {
      return;
    }
    TomlResult result = Toml.parse(file.bytes());
    for (TomlError error : result.errors()) {
      load.syntaxError(file, error.span(), error.code(), error.message(), error.hint());
    }
    new TomlLayer(load, layer, file).walk(result.root(), load.schema.root());
  }

  private void walk(TomlTable table, Names names) {
    boolean flat = load.schema.flatKeys() && names == load.schema.root();
    for (TomlTable.Entry entry : table.entries().values()) {
      Key key = names.key(entry.key());
      if (key == null && flat) {
        key = load.schema.byVariable(entry.key());
      }
      if (key != null) {
        define(key, entry);
        continue;
      }
      Names inner = names.table(entry.key());
      if (inner == null) {
        unknown(entry, names);
      } else if (entry.value() instanceof TomlTable members) {
        walk(members, inner);
      } else {
        report(
            FaultCode.NOT_A_TABLE,
            inner.path(),
            entry.value().span(),
            inner.path() + ": " + entry.value().kind() + " (expected: a table)",
            "write [" + inner.path() + "] and its keys below");
      }
    }
  }

  private void define(Key key, TomlTable.Entry entry) {
    Candidate before = load.heads[key.index()];
    TomlNode node = entry.value();
    Candidate now = load.define(key, layer, file, node.span(), node, null);
    if (before != null && before.file == file) {
      before.faulty = true;
      load.fault(
          FaultCode.TWO_SPELLINGS,
          now,
          entry.keySpan(),
          key.path() + ": given twice in one file, as a path and as " + key.variable(),
          "keep one of the two lines");
      return;
    }
    if (key.secret()) {
      load.fault(
          FaultCode.SECRET_EXPOSED,
          now,
          entry.keySpan(),
          key.path() + ": a secret in a TOML file (its value is not shown)",
          "take it out of the file, and " + Load.howToSet(key));
    } else if (Types.isUrl(key.type())
        && node instanceof TomlString string
        && Redaction.holdsPassword(string.value())) {
      load.fault(
          FaultCode.SECRET_EXPOSED,
          now,
          entry.keySpan(),
          key.path() + ": a URL with a password in a TOML file (the password is not shown)",
          "take it out of the file, and set " + key.variable() + " in the environment or in .env");
    }
  }

  private void unknown(TomlTable.Entry entry, Names names) {
    String path = names.pathOf(entry.key());
    String meant = Suggestions.key(entry.key(), names, load.schema);
    String thing = entry.value() instanceof TomlTable ? "table" : "setting";
    report(
        FaultCode.UNKNOWN_KEY,
        path,
        entry.keySpan(),
        Redaction.value(path) + ": there is no such " + thing,
        meant == null
            ? "remove it, or look the name up in the list of settings"
            : "did you mean " + meant + "?");
  }

  private void report(FaultCode code, String key, Span span, String message, String remedy) {
    load.report(
        new Fault(
            code.code(),
            false,
            Redaction.value(key),
            message,
            file.place(span),
            file.excerpt(span, SourceFile.About.KEY),
            remedy,
            List.of()));
  }
}
