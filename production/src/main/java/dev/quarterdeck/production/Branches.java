package dev.quarterdeck.production;

import dev.quarterdeck.production.source.Ref;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Refs;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which branch is production and which are environments.
final class Branches {
  /// Environments at most when nobody names them: each costs a comparison.
  static final int MOST = 25;

  private static final List<String> USUAL = List.of("master", "main");

  private final ProductionOptions options;

  Branches(ProductionOptions options) {
    this.options = options;
  }

  /// The choice among the branches that exist.
  ///
  /// @param environments names in the order to show; those named exactly are there even when no
  ///   such branch exists
  record Choice(
      String production, String commit, List<String> environments, List<String> warnings) {}

  /// The refs that a choice needs.
  RefScope scope() {
    if (options.environments().isEmpty()
        || options.environments().stream().anyMatch(Glob::isPattern)) {
      return RefScope.BRANCHES;
    }
    Set<String> names = new LinkedHashSet<>(options.environments());
    options.branch().ifPresentOrElse(names::add, () -> names.addAll(USUAL));
    return RefScope.branches(names);
  }

  Choice choose(Refs refs, String repository) {
    String production = production(refs, repository);
    String commit = refs.branch(production).orElseThrow();
    List<String> all =
        refs.refs().stream()
            .filter(ref -> ref.kind() == Ref.Kind.BRANCH && !ref.name().equals(production))
            .map(Ref::name)
            .toList();
    if (!options.environments().isEmpty()) {
      return new Choice(production, commit, named(all, production), List.of());
    }
    List<String> plain = all.stream().filter(name -> name.indexOf('/') < 0).toList();
    List<String> warnings = new ArrayList<>();
    if (plain.size() > MOST) {
      warnings.add(
          "environments: %d branches have no slash in their names, the first %d are compared"
                  .formatted(plain.size(), MOST)
              + " (expected: PRODUCTION_ENVIRONMENTS names those that are environments)");
    }
    return new Choice(production, commit, plain.stream().limit(MOST).toList(), warnings);
  }

  private List<String> named(List<String> all, String production) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String wanted : options.environments()) {
      if (Glob.isPattern(wanted)) {
        Glob glob = Glob.of(wanted);
        all.stream().filter(glob::matches).forEach(chosen::add);
      } else if (!wanted.equals(production)) {
        chosen.add(wanted);
      }
    }
    return List.copyOf(chosen);
  }

  private String production(Refs refs, String repository) {
    List<String> candidates = options.branch().map(List::of).orElse(USUAL);
    Optional<String> found =
        candidates.stream().filter(name -> refs.branch(name).isPresent()).findFirst();
    return found.orElseThrow(
        () ->
            new SourceException(
                new SourceFault.NotFound(
                    "%s: no branch %s in %s (expected: PRODUCTION_BRANCH names production's branch)"
                        .formatted(
                            String.join(" or ", candidates),
                            String.join(" or ", candidates),
                            repository))));
  }
}
