package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Constraint;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Rejections;
import dev.quarterdeck.settings.schema.Type;
import dev.quarterdeck.settings.schema.Types;
import dev.quarterdeck.settings.toml.TomlArray;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.toml.TomlTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns single definitions into values, and reports those that cannot be.
final class Conversion {
  private final Load load;

  Conversion(Load load) {
    this.load = load;
  }

  void convertAll(Key key, Candidate head) {
    for (Candidate one = head; one != null; one = one.shadowed) {
      if (!one.faulty && one.tables < 0) {
        convert(key, one);
        if (one.shadowed != null && key.type().merges()) {
          checkShape(key, one, one.shadowed);
        }
      }
    }
  }

  private void convert(Key key, Candidate at) {
    Object value = at.node != null ? read(key, at, at.node) : parse(key, at, at.written());
    if (value == null || at.faulty) {
      return;
    }
    Constraint constraint = key.constraint();
    if (constraint != null && !refuseElements(key, at, constraint)) {
      String violation = constraint.violation(key.type(), value);
      if (violation != null) {
        refuse(FaultCode.OUT_OF_RANGE, key, at, null, violation);
      }
    }
    at.value = value;
  }

  /// Refuses the elements of a list or map in a file that break the constraint, each at its place.
  private boolean refuseElements(Key key, Candidate at, Constraint constraint) {
    Type element = key.type().element();
    if (element == null || !constraint.limitsElements() || at.node == null) {
      return false;
    }
    List<TomlNode> nodes = new ArrayList<>();
    if (at.node instanceof TomlArray array) {
      nodes.addAll(array.elements());
    } else if (at.node instanceof TomlTable table) {
      for (TomlTable.Entry entry : table.entries().values()) {
        nodes.add(entry.value());
      }
    }
    boolean refused = false;
    for (TomlNode node : nodes) {
      Object value = element.read(node, new Silent());
      String violation = value == null ? null : constraint.elementViolation(element, value);
      if (violation != null) {
        refuse(FaultCode.OUT_OF_RANGE, key, at, node, violation);
        refused = true;
      }
    }
    return refused;
  }

  private @Nullable Object read(Key key, Candidate at, TomlNode node) {
    if (node instanceof TomlString string && string.value().isEmpty() && emptyIsAbsent(key)) {
      return null;
    }
    return key.type().read(node, new Part(key, at));
  }

  private @Nullable Object parse(Key key, Candidate at, String text) {
    if (text.isEmpty() && emptyIsAbsent(key)) {
      return null;
    }
    if (unprintable(text, key.secret())) {
      refuse(
          FaultCode.WRONG_TYPE,
          key,
          at,
          null,
          key.type().expected() + ", without control characters");
      return null;
    }
    try {
      return key.type().parse(text);
    } catch (RuntimeException e) {
      String message = e.getMessage();
      boolean said = message != null && message.startsWith("expected ") && !key.secret();
      refuse(
          FaultCode.WRONG_TYPE,
          key,
          at,
          null,
          said && message != null ? message.substring(9) : key.type().expected());
      return null;
    }
  }

  static boolean emptyIsAbsent(Key key) {
    return key.optional() && !Types.readsEmptyText(key.type());
  }

  private static boolean unprintable(String text, boolean secret) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' && (c == 0 || !secret)) {
        return true;
      }
    }
    return false;
  }

  void refuse(FaultCode code, Key key, Candidate at, @Nullable TomlNode part, String expected) {
    String shown =
        key.secret()
            ? "(value not shown)"
            : part == null ? at.shown() : Redaction.value(Nodes.text(part));
    String meant = meant(key, at, part);
    load.fault(
        key.chooses() ? FaultCode.UNKNOWN_VARIANT : code,
        at,
        part == null ? null : part.span(),
        key.path() + ": " + (shown.isEmpty() ? "\"\"" : shown) + " (expected: " + expected + ")",
        meant == null ? remedy(key, at, part, expected) : "did you mean " + meant + "?");
  }

  private static String remedy(Key key, Candidate at, @Nullable TomlNode part, String expected) {
    if (expected.endsWith(" without quotes")) {
      return "remove the quotes";
    }
    if (key.tables() != null && at.tables < 0) {
      return "write the tables in a settings file";
    }
    return part == null && at.node == null && at.text != null && at.text.isEmpty()
        ? "give " + key.variable() + " a value, or remove it"
        : "correct the value (what the setting is for: " + key.doc() + ")";
  }

  private static @Nullable String meant(Key key, Candidate at, @Nullable TomlNode part) {
    if (key.secret() || key.type().choices().isEmpty()) {
      return null;
    }
    String text = part instanceof TomlString string ? string.value() : at.written();
    return Suggestions.nearest(text, key.type().choices());
  }

  private void checkShape(Key key, Candidate over, Candidate under) {
    boolean change =
        over.node != null
            && under.node != null
            && over.node instanceof TomlTable != under.node instanceof TomlTable;
    if (change && !under.faulty) {
      load.fault(
          FaultCode.SHAPE_CHANGED,
          over,
          key.path() + ": a " + kind(over) + " over a " + kind(under) + " in " + under.place(),
          "write both in the same form");
    }
  }

  private static String kind(Candidate candidate) {
    return candidate.node == null ? "text" : candidate.node.kind();
  }

  /// Takes no notice: what it gets was reported before.
  private static final class Silent implements Rejections {
    @Override
    public void reject(TomlNode part, String expected) {}
  }

  /// Reports parts of a value that the type rejects.
  private final class Part implements Rejections {
    private final Key key;
    private final Candidate at;

    Part(Key key, Candidate at) {
      this.key = key;
      this.at = at;
    }

    @Override
    public void reject(TomlNode part, String expected) {
      refuse(FaultCode.WRONG_TYPE, key, at, part, expected);
    }
  }
}
