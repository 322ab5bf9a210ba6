package dev.quarterdeck.production.source;

import java.util.EnumSet;
import java.util.Set;

/// Which refs are wanted.
///
/// @param kinds branches, tags or both
/// @param names exact names, empty for all; a source asks for few names in one request when it can
public record RefScope(Set<Ref.Kind> kinds, Set<String> names) {
  /// All branches and tags.
  public static final RefScope ALL = new RefScope(EnumSet.allOf(Ref.Kind.class), Set.<String>of());

  /// All branches.
  public static final RefScope BRANCHES = branches(Set.of());

  public RefScope {
    kinds = Set.copyOf(kinds);
    names = Set.copyOf(names);
  }

  /// The branches of these names; all when there are none.
  public static RefScope branches(Set<String> names) {
    return new RefScope(Set.of(Ref.Kind.BRANCH), names);
  }

  /// Whether the ref is wanted.
  public boolean holds(Ref ref) {
    return kinds.contains(ref.kind()) && (names.isEmpty() || names.contains(ref.name()));
  }
}
