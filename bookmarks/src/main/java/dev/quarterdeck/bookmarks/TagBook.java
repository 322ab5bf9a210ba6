package dev.quarterdeck.bookmarks;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All tags of one owner at one moment. Immutable.
public final class TagBook {
  private final List<Tag> tags;
  private final Map<String, Tag> byId = new LinkedHashMap<>();
  private final Map<String, Tag> byName = new LinkedHashMap<>();
  private final Map<String, Tag> removed = new LinkedHashMap<>();

  TagBook(Collection<Tag> live, Collection<Tag> removed) {
    this.tags =
        live.stream()
            .sorted(Comparator.comparing((Tag tag) -> Tag.fold(tag.name())).thenComparing(Tag::id))
            .toList();
    for (Tag tag : tags) {
      byId.put(tag.id(), tag);
      byName.put(Tag.fold(tag.name()), tag);
    }
    removed.forEach(tag -> this.removed.put(tag.id(), tag));
  }

  /// The tags by name, case ignored.
  public List<Tag> tags() {
    return tags;
  }

  /// The tag with this id.
  public Optional<Tag> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The tag with this name, whatever its case.
  public Optional<Tag> named(String name) {
    return Optional.ofNullable(byName.get(Tag.fold(name)));
  }

  /// The tags that a bookmark has now: those that were merged are replaced, those that were deleted
  /// left out. Each once, in the order of the ids.
  public List<Tag> resolve(List<String> ids) {
    Set<Tag> found = new LinkedHashSet<>();
    for (String id : ids) {
      resolve(id).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /// What a tag id stands for now.
  public Optional<Tag> resolve(String id) {
    String at = id;
    @Nullable Tag gone = removed.get(at);
    while (gone != null) {
      if (gone.mergedInto().isEmpty()) {
        return Optional.empty();
      }
      at = gone.mergedInto().get();
      gone = removed.get(at);
    }
    return find(at);
  }

  /// The ids of bookmarks' tags that mean this tag: its own, and those merged into it that a sweep
  /// has not replaced yet.
  public Set<String> idsOf(Tag tag) {
    Set<String> ids = new LinkedHashSet<>(List.of(tag.id()));
    for (String id : removed.keySet()) {
      if (resolve(id).filter(tag::equals).isPresent()) {
        ids.add(id);
      }
    }
    return ids;
  }

  /// Whether a sweep has something to do.
  boolean hasRemoved() {
    return !removed.isEmpty();
  }

  Collection<Tag> removed() {
    return removed.values();
  }
}
