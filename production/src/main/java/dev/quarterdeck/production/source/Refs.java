package dev.quarterdeck.production.source;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The refs of one scope at one moment.
///
/// @param refs branches before tags, each by name
/// @param version what the host needs to answer "unchanged" (an entity tag), or null; means nothing
///   to others
public record Refs(List<Ref> refs, @Nullable String version) {
  public Refs {
    refs = refs.stream().sorted().toList();
  }

  /// The commit of the branch of this name.
  public Optional<String> branch(String name) {
    return refs.stream()
        .filter(ref -> ref.kind() == Ref.Kind.BRANCH && ref.name().equals(name))
        .map(Ref::commit)
        .findFirst();
  }
}
