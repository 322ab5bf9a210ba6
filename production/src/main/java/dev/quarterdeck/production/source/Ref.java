package dev.quarterdeck.production.source;

/// A branch or a tag and the commit it names.
///
/// @param name short, as Git shows it: `feature/US-1`
/// @param commit full id; an annotated tag is peeled
public record Ref(Kind kind, String name, String commit) implements Comparable<Ref> {
  /// Branches before tags, then by name.
  @Override
  public int compareTo(Ref other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }

  /// Branch or tag.
  public enum Kind {
    BRANCH,
    TAG
  }
}
