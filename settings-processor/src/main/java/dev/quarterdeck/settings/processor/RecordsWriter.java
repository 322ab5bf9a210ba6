package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.processor.RecordModel.Group;
import dev.quarterdeck.settings.processor.RecordModel.Tables;
import dev.quarterdeck.settings.processor.RecordModel.Variant;
import dev.quarterdeck.settings.processor.RecordModel.Variants;
import java.util.ArrayList;
import java.util.List;

/// Writes the methods that make a shape's records from their values. Those of the root know the
/// numbers of their settings; those of an element take the number of its first one, and its path.
final class RecordsWriter {
  private final StringBuilder out;
  private final Shapes shapes;
  private final Shape shape;

  RecordsWriter(StringBuilder out, Shapes shapes, Shape shape) {
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

  /// The call that makes the whole shape.
  String call() {
    return call(
        switch (shape.node()) {
          case Group group -> shapes.number(group.record());
          case Variants variants -> shapes.number(variants);
        });
  }

  private String call(int number) {
    return "record" + number + (shape.isRoot() ? "(v)" : "(v, at, in)");
  }

  private void open(String type, int number) {
    String parameters = shape.isRoot() ? "(Values v)" : "(Values v, int at, String in)";
    line("\n  private static " + type + " record" + number + parameters + " {");
  }

  private String index(String path) {
    return (shape.isRoot() ? "" : "at + ") + shape.index(path);
  }

  private String path(String path) {
    if (shape.isRoot()) {
      return Literals.text(path);
    }
    return path.isEmpty() ? "in" : "in.concat(" + Literals.text("." + path) + ")";
  }

  private void writeRecord(RecordModel record) {
    String type = record.element().getQualifiedName().toString();
    List<String> arguments = new ArrayList<>();
    List<Runnable> inner = new ArrayList<>();
    for (RecordModel.Member member : record.members()) {
      switch (member) {
        case Group group -> {
          arguments.add(call(shapes.number(group.record())));
          inner.add(() -> writeRecord(group.record()));
        }
        case Variants variants -> {
          arguments.add(call(shapes.number(variants)));
          inner.add(() -> writeVariants(variants));
        }
        case Tables tables -> {
          String method = tables.named() ? " v.map(" : " v.list(";
          arguments.add(
              "("
                  + tables.setting().type().java()
                  + ")"
                  + method
                  + index(tables.setting().path())
                  + ", "
                  + shapes.of(tables).number()
                  + ", INSTANCE)");
        }
        case SettingModel setting -> {
          String method = setting.type().optional() ? " v.optional(" : " v.get(";
          arguments.add("(" + setting.type().java() + ")" + method + index(setting.path()) + ")");
        }
      }
    }
    open(type, shapes.number(record));
    line("    " + type + " record =");
    line("        new " + type + "(");
    line("            " + String.join(",\n            ", arguments) + ");");
    if (record.checked()) {
      line("    v.check(" + path(record.path()) + ", record);");
    }
    line("    return record;\n  }");
    inner.forEach(Runnable::run);
  }

  private void writeVariants(Variants variants) {
    open(variants.java(), shapes.number(variants));
    line("    Object chosen = v.get(" + index(variants.chooser().path()) + ");");
    for (Variant one : variants.variants()) {
      line("    if (" + Literals.text(one.text()) + ".equals(chosen)) {");
      line("      return " + call(shapes.number(one.record())) + ";");
      line("    }");
    }
    line("    return null;\n  }");
    variants.variants().forEach(one -> writeRecord(one.record()));
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
