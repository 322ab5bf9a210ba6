package dev.quarterdeck.production.components;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads parts of a YAML tree and collects what is wrong with them, each at its place.
final class YamlNodes {
  private static final int MOST = 50;

  private final String file;
  private final List<String> problems = new ArrayList<>();

  YamlNodes(String file) {
    this.file = file;
  }

  /// A text and the node that holds it.
  record Text(Node node, String value) {}

  static String place(String file, Mark mark) {
    return "%s:%d:%d".formatted(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  void problem(String message) {
    problems.add(file + ": " + message);
  }

  void problem(Node node, String message) {
    problems.add(node.getStartMark().map(mark -> place(file, mark)).orElse(file) + ": " + message);
  }

  /// Throws when there was any problem.
  void refuse() {
    if (problems.size() > MOST) {
      List<String> shown = new ArrayList<>(problems.subList(0, MOST));
      shown.add("%s: and %d more".formatted(file, problems.size() - MOST));
      throw new RegistryException(shown);
    }
    if (!problems.isEmpty()) {
      throw new RegistryException(problems);
    }
  }

  /// The keys of a mapping; none, and a problem, when it is something else.
  Map<String, Node> mapping(Node node, String name) {
    Map<String, Node> keys = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem(node, name + ": " + kind(node) + " (expected: a mapping of names to values)");
      return keys;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Optional<String> key = text(tuple.getKeyNode(), "a key of " + name);
      if (key.isPresent() && keys.putIfAbsent(key.get(), tuple.getValueNode()) != null) {
        problem(tuple.getKeyNode(), key.get() + ": stands twice in " + name + " (expected: once)");
      }
    }
    return keys;
  }

  void onlyKeys(Map<String, Node> keys, Set<String> known, String prefix) {
    keys.forEach(
        (key, node) -> {
          if (!known.contains(key)) {
            problem(
                node,
                "%s%s: unknown key (expected one of: %s)"
                    .formatted(prefix, key, String.join(", ", new TreeSet<>(known))));
          }
        });
  }

  Optional<Node> required(Node owner, Map<String, Node> keys, String key, String prefix) {
    Optional<Node> found = Optional.ofNullable(keys.get(key));
    if (found.isEmpty() && owner instanceof MappingNode) {
      problem(owner, prefix + key + ": missing");
    }
    return found;
  }

  Optional<String> text(Node node, String name) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue());
    }
    problem(node, name + ": " + kind(node) + " (expected: a text)");
    return Optional.empty();
  }

  Optional<String> oneOf(Node node, String name, Set<String> allowed) {
    Optional<String> text = text(node, name);
    if (text.isPresent() && !allowed.contains(text.get())) {
      problem(
          node,
          "%s: %s (expected one of: %s)"
              .formatted(name, text.get(), String.join(", ", new TreeSet<>(allowed))));
      return Optional.empty();
    }
    return text;
  }

  /// The texts of a list that must be there and hold at least one.
  List<Text> texts(Node owner, Map<String, Node> keys, String key, String at) {
    List<Text> texts = new ArrayList<>();
    Optional<Node> node = required(owner, keys, key, at + ".");
    if (node.isEmpty()) {
      return texts;
    }
    if (!(node.get() instanceof SequenceNode list) || list.getValue().isEmpty()) {
      problem(
          node.get(),
          "%s.%s: %s (expected: a list of at least one text)".formatted(at, key, kind(node.get())));
      return texts;
    }
    for (Node each : list.getValue()) {
      text(each, at + "." + key).ifPresent(value -> texts.add(new Text(each, value)));
    }
    return texts;
  }

  private static String kind(Node node) {
    return switch (node) {
      case MappingNode mapping -> mapping.getValue().isEmpty() ? "an empty mapping" : "a mapping";
      case SequenceNode list -> list.getValue().isEmpty() ? "an empty list" : "a list";
      case ScalarNode scalar -> scalar.getValue().isBlank() ? "empty" : "a text";
      default -> "something else";
    };
  }
}
