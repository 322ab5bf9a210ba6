package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.processor.RecordModel.Group;
import dev.quarterdeck.settings.processor.RecordModel.Node;
import dev.quarterdeck.settings.processor.RecordModel.Tables;
import dev.quarterdeck.settings.processor.RecordModel.Variants;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// All shapes of a root, and a number for each record and interface at each of its places.
final class Shapes {
  private final List<Shape> all = new ArrayList<>();
  private final Map<Tables, Shape> ofTables = new IdentityHashMap<>();
  private final Map<Object, Integer> numbers = new IdentityHashMap<>();

  Shapes(RecordModel root) {
    add(new Group(root));
  }

  /// The root first.
  List<Shape> all() {
    return all;
  }

  Shape of(Tables tables) {
    Shape shape = ofTables.get(tables);
    if (shape == null) {
      throw new IllegalStateException("tables that were not collected");
    }
    return shape;
  }

  /// The number of a [RecordModel] or of [Variants].
  int number(Object node) {
    Integer number = numbers.get(node);
    if (number == null) {
      throw new IllegalStateException("a record that was not collected");
    }
    return number;
  }

  private Shape add(Node node) {
    Shape shape = new Shape(all.size(), node);
    all.add(shape);
    collect(node);
    return shape;
  }

  private void collect(RecordModel.Member member) {
    switch (member) {
      case Group group -> collect(group.record());
      case Variants variants -> {
        numbers.put(variants, numbers.size());
        variants.variants().forEach(one -> collect(one.record()));
      }
      case Tables tables -> ofTables.put(tables, add(tables.element()));
      case SettingModel _ -> {}
    }
  }

  private void collect(RecordModel record) {
    numbers.put(record, numbers.size());
    record.members().forEach(this::collect);
  }
}
