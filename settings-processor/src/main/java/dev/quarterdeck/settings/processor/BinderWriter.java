package dev.quarterdeck.settings.processor;

import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/// Writes the source code of a binder: the schema and the records of each shape.
final class BinderWriter {
  private final String packageName;
  private final String name;
  private final RootModel root;
  private final Shapes shapes;
  private final StringBuilder out = new StringBuilder();

  BinderWriter(String packageName, String name, RootModel root) {
    this.packageName = packageName;
    this.name = name;
    this.root = root;
    this.shapes = new Shapes(root.record());
  }

  /// `AppSettingsBinder`; of a nested record `Outer_InnerBinder`.
  static String binderName(TypeElement record) {
    String name = record.getSimpleName() + "Binder";
    Element around = record.getEnclosingElement();
    while (around instanceof TypeElement type) {
      name = type.getSimpleName() + "_" + name;
      around = type.getEnclosingElement();
    }
    return name;
  }

  String write() {
    String type = root.record().element().getQualifiedName().toString();
    if (!packageName.isEmpty()) {
      line("package " + packageName + ";\n");
    }
    line("import dev.quarterdeck.settings.schema.Binder;");
    line("import dev.quarterdeck.settings.schema.Constraint;");
    line("import dev.quarterdeck.settings.schema.Schema;");
    line("import dev.quarterdeck.settings.schema.Types;");
    line("import dev.quarterdeck.settings.schema.Values;");
    line("import java.time.temporal.ChronoUnit;");
    line("import java.util.List;\n");
    line("/// Makes " + root.record().element().getSimpleName() + " from its values. Generated.");
    line("@SuppressWarnings({\"unchecked\", \"NullAway\"})");
    line("public final class " + name + " implements Binder<" + type + "> {");
    line("  /// The only instance.");
    line("  public static final " + name + " INSTANCE = new " + name + "();\n");
    line("  private final Schema schema = shape0();\n");
    line("  private " + name + "() {}\n");
    line("  @Override\n  public Schema schema() {\n    return schema;\n  }\n");
    line("  @Override\n  public " + type + " bind(Values v) {");
    line("    return " + new RecordsWriter(out, shapes, shapes.all().getFirst()).call() + ";\n  }");
    writeElements();
    for (Shape shape : shapes.all()) {
      writeShape(shape);
      new KeysWriter(out, shapes, shape).write();
    }
    for (Shape shape : shapes.all()) {
      new RecordsWriter(out, shapes, shape).write();
    }
    line("}");
    return out.toString();
  }

  private void writeElements() {
    if (shapes.all().size() == 1) {
      return;
    }
    line("\n  @Override");
    line("  public Object element(int shape, Values v, int at, String in) {");
    line("    switch (shape) {");
    for (Shape shape : shapes.all()) {
      if (!shape.isRoot()) {
        line("      case " + shape.number() + ":");
        line("        return " + new RecordsWriter(out, shapes, shape).call() + ";");
      }
    }
    line("      default:");
    line("        return Binder.super.element(shape, v, at, in);");
    line("    }\n  }");
  }

  private void writeShape(Shape shape) {
    line("\n  private static Schema shape" + shape.number() + "() {");
    line("    Schema.Builder b = new Schema.Builder();");
    if (!root.profiles().isEmpty()) {
      line(
          "    b.profiles("
              + Literals.text(root.profileKey())
              + ", "
              + Literals.list(root.profiles())
              + ", "
              + Literals.list(root.strict())
              + ");");
    }
    if (shape.isRoot() && root.flatKeys()) {
      line("    b.flatKeys();");
    }
    if (shape.isRoot() && !root.prefix().isEmpty()) {
      line("    b.prefix(" + Literals.text(root.prefix() + "_") + ");");
    }
    int number =
        switch (shape.node()) {
          case RecordModel.Group group -> shapes.number(group.record());
          case RecordModel.Variants variants -> shapes.number(variants);
        };
    line("    keys" + number + "(b);");
    line("    return b.build();\n  }");
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
