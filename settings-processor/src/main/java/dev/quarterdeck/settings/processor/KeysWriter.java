package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.processor.RecordModel.Group;
import dev.quarterdeck.settings.processor.RecordModel.Tables;
import dev.quarterdeck.settings.processor.RecordModel.Variant;
import dev.quarterdeck.settings.processor.RecordModel.Variants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes the methods that add a shape's settings to its schema, one for each record.
final class KeysWriter {
  private final StringBuilder out;
  private final Shapes shapes;
  private final Shape shape;
  private final Set<String> written = new HashSet<>();

  KeysWriter(StringBuilder out, Shapes shapes, Shape shape) {
    this.out = out;
    this.shapes = shapes;
    this.shape = shape;
  }

  void write() {
    switch (shape.node()) {
      case Group group -> writeRecord(group.record());
      case Variants variants -> writeVariants(variants);
    }
  }

  private void open(int number, String path, String doc) {
    line("\n  private static void keys" + number + "(Schema.Builder b) {");
    table(path, doc);
  }

  private void table(String path, String doc) {
    line("    b.table(" + Literals.text(path) + ", " + Literals.text(doc) + ");");
  }

  private void writeRecord(RecordModel record) {
    open(shapes.number(record), record.path(), record.doc());
    List<Runnable> inner = new ArrayList<>();
    for (RecordModel.Member member : record.members()) {
      switch (member) {
        case Group group -> {
          line("    keys" + shapes.number(group.record()) + "(b);");
          table(record.path(), record.doc());
          inner.add(() -> writeRecord(group.record()));
        }
        case Variants variants -> {
          line("    keys" + shapes.number(variants) + "(b);");
          table(record.path(), record.doc());
          inner.add(() -> writeVariants(variants));
        }
        case Tables tables -> writeTables(tables);
        case SettingModel setting -> writeKey(setting, setting.type().expression(), false);
      }
    }
    for (RecordModel.Gone gone : record.defunct()) {
      line(
          "    b.defunct("
              + Literals.text(gone.path())
              + ", "
              + Literals.text(gone.variable())
              + ", "
              + Literals.text(gone.reason())
              + ");");
    }
    line("  }");
    inner.forEach(Runnable::run);
  }

  private void writeVariants(Variants variants) {
    open(shapes.number(variants), variants.path(), variants.doc());
    writeKey(variants.chooser(), variants.chooser().type().expression(), true);
    for (Variant one : variants.variants()) {
      line("    keys" + shapes.number(one.record()) + "(b);");
    }
    line("  }");
    variants.variants().forEach(one -> writeRecord(one.record()));
  }

  private void writeTables(Tables tables) {
    int number = shapes.of(tables).number();
    String type = tables.named() ? "Types.namedTables(shape" : "Types.tables(shape";
    writeKey(tables.setting(), type + number + "())", false);
  }

  private void writeKey(SettingModel setting, String type, boolean chooses) {
    if (!written.add(setting.path())) {
      return;
    }
    out.append("    b.key(").append(Literals.text(setting.path())).append(", ");
    out.append(Literals.text(setting.variable())).append(", ");
    out.append(type).append(", ").append(Literals.text(setting.doc())).append(')');
    String fallback = setting.fallback();
    if (fallback != null) {
      member("fallback(" + Literals.text(fallback) + ")");
    }
    if (!setting.own().isEmpty()) {
      List<String> pairs = new ArrayList<>();
      for (Map.Entry<String, String> one : setting.own().entrySet()) {
        pairs.add(Literals.text(one.getKey()));
        pairs.add(Literals.text(one.getValue()));
      }
      member("profiles(" + String.join(", ", pairs) + ")");
    }
    if (setting.type().secret()) {
      member("secret()");
    }
    if (setting.type().optional()) {
      member("optional()");
    }
    if (!setting.computed().isEmpty()) {
      member("computed(" + Literals.text(setting.computed()) + ")");
    }
    if (!setting.unit().isEmpty()) {
      member("unit(" + Literals.text(setting.unit()) + ")");
    }
    if (!setting.limits().none()) {
      writeConstraint(setting.limits());
    }
    if (chooses) {
      member("chooses()");
    }
    Shape.Condition only = shape.condition(setting.path());
    if (only != null) {
      member("only(" + shape.index(only.chooser()) + ", " + Literals.list(only.variants()) + ")");
    }
    if (!setting.deprecated().isEmpty()) {
      member("deprecated(" + Literals.text(setting.deprecated()) + ")");
    }
    line(";");
    for (SettingModel.Old old : setting.formerly()) {
      line(
          "    b.relocated("
              + Literals.text(old.path())
              + ", "
              + Literals.text(old.variable())
              + ", "
              + Literals.text(setting.path())
              + ");");
    }
  }

  private void member(String call) {
    out.append("\n        .").append(call);
  }

  private void writeConstraint(SettingModel.Limits limits) {
    member(
        "constraint(new Constraint("
            + (limits.min().isEmpty() ? "null" : Literals.text(limits.min()))
            + ", "
            + (limits.max().isEmpty() ? "null" : Literals.text(limits.max()))
            + ", "
            + limits.minLength()
            + ", "
            + limits.maxLength()
            + ", "
            + (limits.pattern().isEmpty() ? "null" : Literals.text(limits.pattern()))
            + ", "
            + limits.notBlank()
            + ", "
            + Literals.list(limits.oneOf())
            + "))");
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
