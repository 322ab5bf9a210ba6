package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An enum: one text for each constant. The constant's own name is read, too.
final class EnumType extends Type {
  private final Object[] constants;
  private final List<String> names;
  private final List<String> texts;

  EnumType(Object[] constants, List<String> names, List<String> texts) {
    this.constants = constants;
    this.names = names;
    this.texts = texts;
  }

  @Override
  public Object parse(String text) {
    int index = texts.indexOf(text);
    if (index < 0) {
      index = names.indexOf(text);
    }
    if (index < 0) {
      throw new Rejection("expected " + expected());
    }
    return constants[index];
  }

  @Override
  public @Nullable Object read(TomlNode node, Rejections rejections) {
    if (node instanceof TomlString string
        && (texts.contains(string.value()) || names.contains(string.value()))) {
      return parse(string.value());
    }
    rejections.reject(node, expected());
    return null;
  }

  @Override
  public String render(Object value) {
    for (int i = 0; i < constants.length; i++) {
      if (constants[i].equals(value)) {
        return texts.get(i);
      }
    }
    throw new IllegalArgumentException("not a constant of this enum");
  }

  @Override
  public String name() {
    return "one of";
  }

  @Override
  public String expected() {
    return Constraint.oneOf(texts);
  }

  @Override
  public void describe(Map<String, Object> jsonSchema) {
    jsonSchema.put("enum", texts);
  }

  @Override
  public @Nullable Object placeholder() {
    return constants.length == 0 ? null : constants[0];
  }

  @Override
  public List<String> choices() {
    return texts;
  }
}
