package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.processor.RecordModel.Group;
import dev.quarterdeck.settings.processor.RecordModel.Node;
import dev.quarterdeck.settings.processor.RecordModel.Tables;
import dev.quarterdeck.settings.processor.RecordModel.Variant;
import dev.quarterdeck.settings.processor.RecordModel.Variants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of the root, or of the elements of one list or map, with their numbers in the order
/// in which the binder adds them.
final class Shape {
  private final int number;
  private final Node node;
  private final Map<String, Integer> indexes = new LinkedHashMap<>();
  private final Map<String, Condition> conditions = new LinkedHashMap<>();

  /// Which variants have a setting.
  ///
  /// @param chooser path of the setting that chooses
  /// @param variants their texts
  record Condition(String chooser, List<String> variants) {}

  Shape(int number, Node node) {
    this.number = number;
    this.node = node;
    add(node, null, "");
  }

  int number() {
    return number;
  }

  Node node() {
    return node;
  }

  /// Whether it is the root, whose settings have fixed numbers.
  boolean isRoot() {
    return number == 0;
  }

  int index(String path) {
    Integer index = indexes.get(path);
    if (index == null) {
      throw new IllegalStateException(path + " was not collected");
    }
    return index;
  }

  @Nullable Condition condition(String path) {
    return conditions.get(path);
  }

  private void add(RecordModel.Member member, @Nullable String chooser, String variant) {
    switch (member) {
      case Group group -> {
        for (RecordModel.Member one : group.record().members()) {
          add(one, chooser, variant);
        }
      }
      case Variants variants -> {
        add(variants.chooser(), chooser, variant);
        for (Variant one : variants.variants()) {
          for (RecordModel.Member inner : one.record().members()) {
            add(inner, variants.chooser().path(), one.text());
          }
        }
      }
      case Tables tables -> add(tables.setting(), chooser, variant);
      case SettingModel setting -> {
        indexes.putIfAbsent(setting.path(), indexes.size());
        if (chooser != null) {
          conditions
              .computeIfAbsent(setting.path(), path -> new Condition(chooser, new ArrayList<>()))
              .variants()
              .add(variant);
        }
      }
    }
  }
}
