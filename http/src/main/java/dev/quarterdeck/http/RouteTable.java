package dev.quarterdeck.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request. A literal segment is preferred to a name in braces; a trailing
/// slash counts for nothing under `/api` and `/linkding`. Immutable.
final class RouteTable {
  private static final Set<String> SLASH_FREE = Set.of("api", "linkding");

  private final Node root = new Node();
  private final List<Route> routes;

  /// @throws IllegalArgumentException two routes take the same requests
  RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    for (Route route : routes) {
      add(route);
    }
  }

  List<Route> routes() {
    return routes;
  }

  private void add(Route route) {
    Node node = root;
    List<String> names = new ArrayList<>();
    for (String segment : segments(route.pattern())) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        names.add(segment.substring(1, segment.length() - 1));
        if (node.placeholder == null) {
          node.placeholder = new Node();
        }
        node = node.placeholder;
      } else {
        node = node.literals.computeIfAbsent(segment, key -> new Node());
      }
    }
    Leaf before = node.leaves.put(route.method(), new Leaf(route, names));
    if (before != null) {
      throw new IllegalArgumentException(
          "%s %s: the route %s takes the same requests"
              .formatted(route.method(), route.pattern(), before.route.pattern()));
    }
  }

  /// The segments of a pattern; a trailing slash counts for nothing.
  static List<String> segments(String pattern) {
    List<String> segments = new ArrayList<>(List.of(pattern.substring(1).split("/", -1)));
    if (segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    return segments;
  }

  /// Looks up.
  ///
  /// @param method none for a method that no route has
  Lookup find(Route.@Nullable Method method, RequestPath path) {
    List<String> segments = path.segments();
    if (path.trailingSlash() && !SLASH_FREE.contains(segments.getFirst())) {
      return new Missing(nearest(segments));
    }
    Search search = new Search(method, segments);
    search.visit(root, 0);
    if (search.leaf != null) {
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i < search.leaf.names.size(); i++) {
        values.put(search.leaf.names.get(i), search.values.get(i));
      }
      return new Found(search.leaf.route, values);
    }
    Route.Family family = nearest(segments);
    return search.allowed.isEmpty() ? new Missing(family) : new WrongMethod(search.allowed, family);
  }

  /// The family of the routes beside a path that none takes.
  private Route.Family nearest(List<String> segments) {
    if (!segments.isEmpty() && segments.getFirst().equals("linkding")) {
      return Route.Family.LINKDING;
    }
    if (segments.isEmpty() || !segments.getFirst().equals("api")) {
      return Route.Family.PAGE;
    }
    Route.Family family = Route.Family.V1;
    if (segments.size() > 1 && !segments.get(1).equals("v1")) {
      for (Route route : routes) {
        List<String> pattern = segments(route.pattern());
        if (pattern.size() > 1
            && pattern.getFirst().equals("api")
            && pattern.get(1).equals(segments.get(1))) {
          family = route.family();
        }
      }
    }
    return family;
  }

  sealed interface Lookup {}

  record Found(Route route, Map<String, String> values) implements Lookup {}

  record WrongMethod(Set<Route.Method> allowed, Route.Family family) implements Lookup {}

  record Missing(Route.Family family) implements Lookup {}

  private record Leaf(Route route, List<String> names) {}

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<Route.Method, Leaf> leaves = new EnumMap<>(Route.Method.class);
    @Nullable Node placeholder;
  }

  private static final class Search {
    private final Route.@Nullable Method method;
    private final List<String> segments;
    final List<String> values = new ArrayList<>();
    final Set<Route.Method> allowed = EnumSet.noneOf(Route.Method.class);
    @Nullable Leaf leaf;

    Search(Route.@Nullable Method method, List<String> segments) {
      this.method = method;
      this.segments = segments;
    }

    void visit(Node node, int depth) {
      if (depth == segments.size()) {
        allowed.addAll(node.leaves.keySet());
        leaf = method == null ? null : node.leaves.get(method);
        return;
      }
      String segment = segments.get(depth);
      Node literal = node.literals.get(segment);
      if (literal != null) {
        visit(literal, depth + 1);
      }
      Node placeholder = node.placeholder;
      if (leaf == null && placeholder != null && !segment.isEmpty()) {
        values.add(segment);
        visit(placeholder, depth + 1);
        if (leaf == null) {
          values.removeLast();
        }
      }
    }
  }
}
