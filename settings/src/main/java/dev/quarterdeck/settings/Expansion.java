package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.TablesType;
import dev.quarterdeck.settings.toml.Span;
import dev.quarterdeck.settings.toml.TomlArray;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives the tables of lists and maps of records settings of their own, once the files are read.
final class Expansion {
  private final Load load;

  private Expansion(Load load) {
    this.load = load;
  }

  static void expand(Load load) {
    if (load.schema.repeated().isEmpty()) {
      return;
    }
    Expansion expansion = new Expansion(load);
    for (Key key : load.schema.repeated()) {
      expansion.expand(key);
    }
  }

  private void expand(Key key) {
    TablesType type = key.tables();
    Candidate head = load.heads[key.index()];
    if (type == null || head == null) {
      return;
    }
    List<Candidate> weakestFirst = new ArrayList<>();
    for (Candidate one = head; one != null; one = one.shadowed) {
      weakestFirst.addFirst(one);
    }
    int source = load.source;
    Map<String, Element> known = new HashMap<>();
    int first = load.keys.size();
    for (Candidate one : weakestFirst) {
      load.source = one.source;
      if (type.named()) {
        tables(key, type, one, known);
      } else {
        list(key, type, one, one != head);
      }
    }
    load.source = source;
    int last = load.keys.size();
    for (int i = first; i < last; i++) {
      if (load.keys.get(i).owner() == key.index()) {
        expand(load.keys.get(i));
      }
    }
  }

  private void list(Key key, TablesType type, Candidate at, boolean shadow) {
    if (!(at.node instanceof TomlArray array)) {
      refuse(key, at, at.node, "tables: [[" + header(key) + "]] for each of them");
      return;
    }
    List<TomlNode> nodes = array.elements();
    at.tables = nodes.size();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof TomlTable table) {
        Element element = load.keys.add(key, type, Integer.toString(i), at, table.span(), shadow);
        fill(element, type, at, table);
      } else {
        notATable(at, key.path() + "." + i, nodes.get(i), "[[" + header(key) + "]]");
      }
    }
  }

  private void tables(Key key, TablesType type, Candidate at, Map<String, Element> known) {
    if (!(at.node instanceof TomlTable tables)) {
      refuse(key, at, at.node, "tables by name: [" + header(key) + ".NAME] for each of them");
      return;
    }
    at.tables = tables.entries().size();
    for (TomlTable.Entry entry : tables.entries().values()) {
      if (entry.value() instanceof TomlTable table) {
        Element element = known.get(entry.key());
        if (element == null) {
          Span span = table.form() == TomlTable.Form.INLINE ? entry.keySpan() : table.span();
          element = load.keys.add(key, type, entry.key(), at, span, false);
          known.put(entry.key(), element);
        }
        fill(element, type, at, table);
      } else {
        String path = key.path() + "." + Nodes.key(entry.key());
        notATable(at, path, entry.value(), "[" + header(key) + "." + Nodes.key(entry.key()) + "]");
      }
    }
  }

  private void fill(Element element, TablesType type, Candidate at, TomlTable table) {
    load.grow();
    SourceFile file = at.file;
    if (file != null) {
      new TomlLayer(load, at.layer, file, type.schema(), element).walk(table);
    }
  }

  private String header(Key key) {
    return load.keys.header(load.keys.home(key), key.path());
  }

  private void refuse(Key key, Candidate at, @Nullable TomlNode node, String expected) {
    String found = node == null ? "text" : node.kind();
    load.fault(
        FaultCode.WRONG_TYPE,
        at,
        key.path() + ": " + found + " (expected: " + expected + ")",
        "write tables, or leave " + key.name() + " out");
  }

  private void notATable(Candidate at, String path, TomlNode node, String header) {
    load.fault(
        FaultCode.NOT_A_TABLE,
        at,
        node.span(),
        path + ": " + node.kind() + " (expected: a table)",
        "write " + header + " and its keys below");
    at.tables = Math.max(at.tables, 0);
    at.faulty = false;
  }
}
