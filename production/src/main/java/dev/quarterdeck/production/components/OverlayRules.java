package dev.quarterdeck.production.components;

import dev.quarterdeck.production.components.ComponentType.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads paths by the types of a `component_types.yaml`: a folder counts wherever it lies, and the
/// first type of the file that fits wins.
final class OverlayRules {
  /// A folder of a type, divided, and the type.
  private record Place(List<String> folder, ComponentType type, int order) {}

  private final Map<String, List<Place>> byLastSegment = new HashMap<>();

  OverlayRules(List<ComponentType> types) {
    int order = 0;
    for (ComponentType type : types) {
      for (String folder : type.folders()) {
        List<String> segments = List.of(folder.split("/", -1));
        byLastSegment
            .computeIfAbsent(segments.getLast(), ignored -> new ArrayList<>())
            .add(new Place(segments, type, order++));
      }
    }
  }

  /// The component of a path, or null.
  @Nullable ComponentId resolve(List<String> segments) {
    if (byLastSegment.isEmpty()) {
      return null;
    }
    ComponentId best = null;
    int order = Integer.MAX_VALUE;
    for (int at = 0; at < segments.size() - 1; at++) {
      for (Place place : byLastSegment.getOrDefault(segments.get(at), List.of())) {
        int start = at + 1 - place.folder().size();
        if (place.order() < order
            && start >= 0
            && segments.subList(start, at + 1).equals(place.folder())) {
          ComponentId found = match(place.type(), segments.subList(at + 1, segments.size()));
          if (found != null) {
            best = found;
            order = place.order();
          }
        }
      }
    }
    return best;
  }

  private static @Nullable ComponentId match(ComponentType type, List<String> rest) {
    if (type.kind() == Kind.BUNDLE) {
      return rest.size() < 2 ? null : new ComponentId(type.name(), rest.getFirst());
    }
    String name = String.join("/", rest);
    if (name.endsWith(SalesforceRules.META)) {
      name = name.substring(0, name.length() - SalesforceRules.META.length());
    }
    for (String suffix : type.suffixes()) {
      String own =
          suffix.endsWith(SalesforceRules.META)
              ? suffix.substring(0, suffix.length() - SalesforceRules.META.length())
              : suffix;
      if (name.endsWith(own) && name.length() > own.length()) {
        return new ComponentId(type.name(), name.substring(0, name.length() - own.length()));
      }
    }
    return null;
  }
}
