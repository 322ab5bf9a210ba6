package dev.quarterdeck.settings.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/// Writes the source code of a binder: one method with the keys of each record, one that makes it.
final class BinderWriter {
  private final String packageName;
  private final String name;
  private final RootModel root;
  private final StringBuilder out = new StringBuilder();
  private final List<RecordModel> records = new ArrayList<>();
  private int keys;

  BinderWriter(String packageName, String name, RootModel root) {
    this.packageName = packageName;
    this.name = name;
    this.root = root;
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
    collect(root.record());
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
    line("@SuppressWarnings(\"unchecked\")");
    line("public final class " + name + " implements Binder<" + type + "> {");
    line("  /// The only instance.");
    line("  public static final " + name + " INSTANCE = new " + name + "();\n");
    line("  private final Schema schema;\n");
    line("  private " + name + "() {");
    line("    Schema.Builder b = new Schema.Builder();");
    writeRoot();
    line("    keys0(b);");
    line("    schema = b.build();");
    line("  }\n");
    line("  @Override\n  public Schema schema() {\n    return schema;\n  }\n");
    line("  @Override\n  public " + type + " bind(Values v) {\n    return record0(v);\n  }");
    for (int i = 0; i < records.size(); i++) {
      writeKeys(i);
    }
    writeRecord(root.record());
    line("}");
    return out.toString();
  }

  private void collect(RecordModel record) {
    records.add(record);
    for (RecordModel.Member member : record.members()) {
      if (member instanceof RecordModel.Group group) {
        collect(group.record());
      }
    }
  }

  private int number(RecordModel record) {
    for (int i = 0; i < records.size(); i++) {
      if (isSame(records.get(i), record)) {
        return i;
      }
    }
    throw new IllegalStateException("a record that was not collected");
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(RecordModel a, RecordModel b) {
    return a == b;
  }

  private void writeRoot() {
    if (!root.profiles().isEmpty()) {
      line(
          "    b.profiles("
              + text(root.profileKey())
              + ", "
              + list(root.profiles())
              + ", "
              + list(root.strict())
              + ");");
    }
    if (root.flatKeys()) {
      line("    b.flatKeys();");
    }
    if (!root.prefix().isEmpty()) {
      line("    b.prefix(" + text(root.prefix() + "_") + ");");
    }
  }

  private void writeKeys(int number) {
    RecordModel record = records.get(number);
    line("\n  private static void keys" + number + "(Schema.Builder b) {");
    String table = "    b.table(" + text(record.path()) + ", " + text(record.doc()) + ");";
    line(table);
    for (RecordModel.Member member : record.members()) {
      switch (member) {
        case RecordModel.Group group -> {
          line("    keys" + number(group.record()) + "(b);");
          line(table);
        }
        case SettingModel setting -> writeKey(setting);
      }
    }
    line("  }");
  }

  private void writeKey(SettingModel setting) {
    out.append("    b.key(").append(text(setting.path())).append(", ");
    out.append(text(setting.variable())).append(", ");
    out.append(setting.type().expression()).append(", ").append(text(setting.doc())).append(')');
    String fallback = setting.fallback();
    if (fallback != null) {
      out.append("\n        .fallback(").append(text(fallback)).append(')');
    }
    if (!setting.own().isEmpty()) {
      List<String> pairs = new ArrayList<>();
      for (Map.Entry<String, String> one : setting.own().entrySet()) {
        pairs.add(text(one.getKey()));
        pairs.add(text(one.getValue()));
      }
      out.append("\n        .profiles(").append(String.join(", ", pairs)).append(')');
    }
    out.append(setting.type().secret() ? "\n        .secret()" : "");
    out.append(setting.type().optional() ? "\n        .optional()" : "");
    if (!setting.computed().isEmpty()) {
      out.append("\n        .computed(").append(text(setting.computed())).append(')');
    }
    if (!setting.unit().isEmpty()) {
      out.append("\n        .unit(").append(text(setting.unit())).append(')');
    }
    if (!setting.limits().none()) {
      writeConstraint(setting.limits());
    }
    line(";");
  }

  private void writeConstraint(SettingModel.Limits limits) {
    out.append("\n        .constraint(new Constraint(");
    out.append(limits.min().isEmpty() ? "null" : text(limits.min())).append(", ");
    out.append(limits.max().isEmpty() ? "null" : text(limits.max())).append(", ");
    out.append(limits.minLength()).append(", ").append(limits.maxLength()).append(", ");
    out.append(limits.pattern().isEmpty() ? "null" : text(limits.pattern())).append(", ");
    out.append(limits.notBlank()).append(", ").append(list(limits.oneOf())).append("))");
  }

  private void writeRecord(RecordModel record) {
    String type = record.element().getQualifiedName().toString();
    StringBuilder body = new StringBuilder();
    List<RecordModel> inner = new ArrayList<>();
    for (RecordModel.Member member : record.members()) {
      body.append(body.isEmpty() ? "\n            " : ",\n            ");
      switch (member) {
        case RecordModel.Group group -> {
          body.append("record").append(number(group.record())).append("(v)");
          inner.add(group.record());
          keys += size(group.record());
        }
        case SettingModel setting -> {
          String call = setting.type().optional() ? ".optional(" : ".get(";
          body.append('(').append(setting.type().java()).append(") v").append(call);
          body.append(keys++).append(')');
        }
      }
    }
    line("\n  private static " + type + " record" + number(record) + "(Values v) {");
    line("    " + type + " record =\n        new " + type + "(" + body + ");");
    if (record.checked()) {
      line("    v.check(" + text(record.path()) + ", record);");
    }
    line("    return record;\n  }");
    int after = keys;
    for (RecordModel one : inner) {
      keys = first(one);
      writeRecord(one);
    }
    keys = after;
  }

  private int first(RecordModel wanted) {
    int count = 0;
    for (RecordModel.Member member : flatten(root.record(), new ArrayList<>())) {
      if (member instanceof RecordModel.Group group) {
        if (isSame(group.record(), wanted)) {
          return count;
        }
      } else {
        count++;
      }
    }
    throw new IllegalStateException("a record that is not in the tree");
  }

  private static List<RecordModel.Member> flatten(
      RecordModel record, List<RecordModel.Member> into) {
    for (RecordModel.Member member : record.members()) {
      into.add(member);
      if (member instanceof RecordModel.Group group) {
        flatten(group.record(), into);
      }
    }
    return into;
  }

  private static int size(RecordModel record) {
    int count = 0;
    for (RecordModel.Member member : flatten(record, new ArrayList<>())) {
      count += member instanceof SettingModel ? 1 : 0;
    }
    return count;
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  static String list(List<String> texts) {
    List<String> literals = new ArrayList<>();
    texts.forEach(one -> literals.add(text(one)));
    return "List.of(" + String.join(", ", literals) + ")";
  }

  /// A text as a literal, ASCII only.
  static String text(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c < ' ') {
        literal.append(String.format("\\%03o", (int) c));
      } else if (c > '~') {
        literal.append(String.format("\\u%04x", (int) c));
      } else {
        literal.append(c);
      }
    }
    return literal.append('"').toString();
  }
}
