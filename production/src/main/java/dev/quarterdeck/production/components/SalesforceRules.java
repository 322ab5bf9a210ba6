package dev.quarterdeck.production.components;

import dev.quarterdeck.production.components.Layout.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads paths as Salesforce metadata, in the metadata API's layout and in source format.
///
/// A type's directory decides first, the outermost that gives a component; without one a
/// `-meta.xml` suffix decides when one type alone has it and may lie anywhere; then the suffixes of
/// code, which source format allows in any folder.
final class SalesforceRules {
  static final String META = "-meta.xml";
  private static final Set<String> CODE = Set.of("cls", "trigger", "page", "component");

  private final Map<String, List<Layout>> byDirectory = new HashMap<>();
  private final Map<String, Layout> bySuffix = new HashMap<>();
  private final Map<String, String> ownerOfPart = new HashMap<>();
  private final Map<String, String> typeOfFolder = new HashMap<>();

  SalesforceRules(List<Layout> layouts) {
    Map<String, Integer> uses = new HashMap<>();
    layouts.forEach(layout -> uses.merge(layout.suffix(), 1, Integer::sum));
    for (Layout layout : layouts) {
      byDirectory.computeIfAbsent(layout.directory(), ignored -> new ArrayList<>()).add(layout);
      boolean anywhere =
          !layout.strict() && (layout.shape() == Shape.SINGLE || layout.shape() == Shape.CONTENT);
      if (anywhere && Integer.valueOf(1).equals(uses.get(layout.suffix()))) {
        bySuffix.put(layout.suffix(), layout);
      }
      layout.parts().forEach(part -> ownerOfPart.put(part.name(), layout.name()));
      layout.folderTypes().forEach(folder -> typeOfFolder.put(folder.name(), layout.name()));
    }
  }

  /// The type in whose file a part may lie, or null.
  @Nullable String owner(String type) {
    return ownerOfPart.get(type);
  }

  /// The type that a deployment names for folders of this type, or null.
  @Nullable String typeOfFolder(String type) {
    return typeOfFolder.get(type);
  }

  /// The component of a path.
  ///
  /// @param segments the whole path, divided
  @Nullable ComponentId resolve(List<String> segments) {
    int last = segments.size() - 1;
    String file = segments.get(last);
    boolean meta = file.endsWith(META);
    List<String> plain = segments;
    if (meta) {
      plain = new ArrayList<>(segments);
      plain.set(last, file.substring(0, file.length() - META.length()));
    }
    for (int at = 0; at < last; at++) {
      List<Layout> layouts = byDirectory.get(segments.get(at));
      if (layouts != null) {
        List<String> rest = plain.subList(at + 1, plain.size());
        for (Layout layout : layouts) {
          ComponentId found = layout.match(rest, meta);
          if (found != null) {
            return found;
          }
        }
      }
    }
    return bySuffix(plain.get(last), meta);
  }

  private @Nullable ComponentId bySuffix(String file, boolean meta) {
    int dot = file.lastIndexOf('.');
    if (dot <= 0) {
      return null;
    }
    String suffix = file.substring(dot + 1);
    Layout layout = meta || CODE.contains(suffix) ? bySuffix.get(suffix) : null;
    return layout == null ? null : layout.match(List.of(file), meta);
  }
}
