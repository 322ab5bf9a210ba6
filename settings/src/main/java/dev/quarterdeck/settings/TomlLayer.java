package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Names;
import dev.quarterdeck.settings.schema.Retired;
import dev.quarterdeck.settings.schema.Schema;
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
import org.jspecify.annotations.Nullable;

/// Takes the definitions of a TOML file.
final class TomlLayer {
  private final Load load;
  private final Layer layer;
  private final SourceFile file;
  private final Schema schema;
  private final @Nullable Element element;

  private TomlLayer(Load load, Layer layer, SourceFile file) {
    this(load, layer, file, load.schema, null);
  }

  /// The definitions of one element of a list or map.
  ///
  /// @param schema the settings of an element
  TomlLayer(Load load, Layer layer, SourceFile file, Schema schema, @Nullable Element element) {
    this.load = load;
    this.layer = layer;
    this.file = file;
    this.schema = schema;
    this.element = element;
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
    new TomlLayer(load, layer, file).walk(result.root());
  }

  void walk(TomlTable table) {
    walk(table, schema.root());
  }

  private void walk(TomlTable table, Names names) {
    for (TomlTable.Entry entry : table.entries().values()) {
      Key key = key(entry.key(), names);
      if (key != null) {
        define(key, entry, null);
        continue;
      }
      Names inner = names.table(entry.key());
      if (inner == null) {
        notASetting(entry, names);
      } else if (entry.value() instanceof TomlTable members) {
        walk(members, inner);
      } else {
        String path = path(inner.path());
        report(
            FaultCode.NOT_A_TABLE,
            path,
            entry.value().span(),
            path + ": " + entry.value().kind() + " (expected: a table)",
            "write [" + load.keys.header(element, path) + "] and its keys below");
      }
    }
  }

  private boolean flat(Names names) {
    return element == null && schema.flatKeys() && names == schema.root();
  }

  private @Nullable Key key(String name, Names names) {
    Key key = names.key(name);
    if (key == null && flat(names)) {
      key = schema.byVariable(name);
    }
    return key == null ? null : own(key);
  }

  /// The setting of this load for one of the schema.
  private Key own(Key key) {
    return element == null ? key : load.keys.get(element.first() + key.index());
  }

  /// The path of this load for one of the schema.
  private String path(String path) {
    return element == null ? path : path.isEmpty() ? element.path() : element.path() + "." + path;
  }

  private void notASetting(TomlTable.Entry entry, Names names) {
    Retired old = names.retired(entry.key());
    if (old == null && flat(names)) {
      old = schema.retired(entry.key());
    }
    Names gone = names.retiredTable(entry.key());
    if (old != null) {
      retired(entry, old);
    } else if (gone != null && entry.value() instanceof TomlTable members) {
      walk(members, gone);
    } else {
      unknown(entry, names);
    }
  }

  private void retired(TomlTable.Entry entry, Retired old) {
    Key now = old.now();
    String path = path(old.path());
    if (now != null) {
      define(own(now), entry, new Retired(path, old.variable(), now, ""));
      return;
    }
    report(
        FaultCode.DEFUNCT,
        path,
        entry.keySpan(),
        path + ": no longer a setting: " + old.reason(),
        "remove it");
  }

  private void define(Key key, TomlTable.Entry entry, @Nullable Retired under) {
    Candidate before = load.heads[key.index()];
    TomlNode node = entry.value();
    Candidate now = load.define(key, layer, file, node.span(), node, null);
    now.under = under;
    if (before != null && before.file == file && before.under == null && under == null) {
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
          "take it out of the file, and "
              + (key.variable().isEmpty()
                  ? Load.howToSet(key)
                  : "set " + key.variable() + " in the environment or in .env"));
    }
  }

  private void unknown(TomlTable.Entry entry, Names names) {
    int strangers = file.countStranger();
    if (strangers > SourceFile.MOST_STRANGERS) {
      if (strangers == SourceFile.MOST_STRANGERS + 1) {
        report(
            FaultCode.UNKNOWN_KEY,
            "",
            entry.keySpan(),
            "more than " + SourceFile.MOST_STRANGERS + " names that no setting has",
            "is this a file of settings?");
      }
      return;
    }
    String path = path(names.pathOf(Nodes.key(entry.key())));
    String meant = load.suggestions().key(entry.key(), names, schema);
    if (meant != null && element != null) {
      meant = path(meant);
    }
    if (meant != null) {
      load.meant.add(meant);
    }
    String thing = entry.value() instanceof TomlTable ? "table" : "setting";
    report(
        FaultCode.UNKNOWN_KEY,
        path,
        entry.keySpan(),
        Redaction.value(path) + ": there is no such " + thing + Suggestions.strange(entry.key()),
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
