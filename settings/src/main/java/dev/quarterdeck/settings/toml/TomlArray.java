package dev.quarterdeck.settings.toml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An array: `[1, 2]`, or the tables of `[[headers]]`.
public final class TomlArray implements TomlNode {
  private final ArrayList<TomlNode> elements;
  private final List<TomlNode> view;
  private final boolean ofTables;
  private final Span span;

  TomlArray(ArrayList<TomlNode> elements, boolean ofTables, Span span) {
    this.elements = elements;
    this.view = Collections.unmodifiableList(elements);
    this.ofTables = ofTables;
    this.span = span;
  }

  /// An array that comes from no file.
  public static TomlArray of(List<? extends TomlNode> elements) {
    return new TomlArray(new ArrayList<>(elements), false, Span.NONE);
  }

  /// The elements in order, unmodifiable.
  public List<TomlNode> elements() {
    return view;
  }

  /// Whether it was written as `[[headers]]`; its elements are then all tables.
  public boolean ofTables() {
    return ofTables;
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  public String kind() {
    return "array";
  }

  void add(TomlNode element) {
    elements.add(element);
  }

  TomlNode last() {
    return elements.getLast();
  }

  @Override
  public boolean sameValue(TomlNode other) {
    if (!(other instanceof TomlArray that) || that.elements.size() != elements.size()) {
      return false;
    }
    for (int i = 0; i < elements.size(); i++) {
      if (!elements.get(i).sameValue(that.elements.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "array of " + elements.size() + " at " + span;
  }
}
