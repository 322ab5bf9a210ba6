package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.Converter;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type of the program's own: a text that its converter reads.
final class ConvertedType<T> extends Type {
  private final Converter<T> converter;

  ConvertedType(Converter<T> converter) {
    this.converter = converter;
  }

  @Override
  public Object parse(String text) {
    Object value = converter.parse(text);
    if (value == null) {
      throw new Rejection("expected " + expected());
    }
    return value;
  }

  @Override
  public @Nullable Object read(TomlNode node, Rejections rejections) {
    if (!(node instanceof TomlString string)) {
      rejections.reject(node, expected() + ", in quotes");
      return null;
    }
    try {
      return parse(string.value());
    } catch (RuntimeException e) {
      // Whatever a program's converter throws, it is about this text.
      rejections.reject(node, Texts.afterExpected(e, expected()));
      return null;
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public String render(Object value) {
    return converter.render((T) value);
  }

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String expected() {
    return converter.expected();
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Integer order(Object a, Object b) {
    return a instanceof Comparable<?> ? ((Comparable<Object>) a).compareTo(b) : null;
  }

  @Override
  public void describe(Map<String, Object> jsonSchema) {
    jsonSchema.put("type", "string");
    jsonSchema.put("description", converter.expected());
  }
}
