package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.production.components.ComponentRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Components as requests name them.
final class Lookups {
  private Lookups() {}

  /// One component of a request: its id, or why it has none.
  record Asked(String type, String name, Optional<ComponentId> id, Optional<String> error) {}

  static Asked read(ComponentQuery query, ComponentRegistry registry) {
    String type = query.type() == null ? "" : query.type().strip();
    Optional<ComponentId> id = registry.named(query.type(), query.name());
    if (id.isPresent()) {
      return new Asked(id.get().type(), id.get().name(), id, Optional.empty());
    }
    String error =
        query.name().isBlank()
            ? "component_name: empty (expected: a name such as Foo or ApexClass.Foo)"
            : "component_type: missing (expected: a type such as ApexClass, or a name that begins"
                + " with one: ApexClass.Foo)";
    return new Asked(type, query.name().strip(), Optional.empty(), Optional.of(error));
  }

  static List<Asked> read(List<ComponentQuery> queries, ComponentRegistry registry) {
    return queries.stream().map(query -> read(query, registry)).toList();
  }

  /// The same in the same order, each once.
  static List<Asked> distinct(List<Asked> asked) {
    Map<String, Asked> first = new LinkedHashMap<>();
    for (Asked each : asked) {
      first.putIfAbsent(each.type() + "\n" + each.name(), each);
    }
    return new ArrayList<>(first.values());
  }
}
