package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.toml.TomlNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records one after the other, or by name: the tables of a file, each with settings of its own.
/// The engine reads those one by one; the value of this type is the collection of the tables.
public final class TablesType extends Type {
  private final Schema schema;
  private final boolean named;

  TablesType(Schema schema, boolean named) {
    this.schema = schema;
    this.named = named;
  }

  @Override
  TablesType tables() {
    return this;
  }

  /// The settings of one element, their paths and variables from the element.
  public Schema schema() {
    return schema;
  }

  /// Whether the tables have names; else they have numbers, from 0.
  public boolean named() {
    return named;
  }

  @Override
  public Object parse(String text) {
    throw new Rejection("expected " + expected());
  }

  @Override
  public @Nullable Object read(TomlNode node, Rejections rejections) {
    rejections.reject(node, expected());
    return null;
  }

  @Override
  public String render(Object value) {
    int size = length(value);
    return size == 0 ? "none" : size == 1 ? "1 table" : size + " tables";
  }

  @Override
  public String name() {
    return named ? "tables by name" : "list of tables";
  }

  @Override
  public String expected() {
    return named ? "tables by name in a settings file" : "tables in a settings file";
  }

  @Override
  public void describe(Map<String, Object> jsonSchema) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("type", "object");
    jsonSchema.put("type", named ? "object" : "array");
    jsonSchema.put(named ? "additionalProperties" : "items", one);
  }

  @Override
  public Object placeholder() {
    return List.of();
  }

  @Override
  public int length(Object value) {
    return ((Collection<?>) value).size();
  }
}
