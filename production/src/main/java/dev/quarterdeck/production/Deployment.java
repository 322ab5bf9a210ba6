package dev.quarterdeck.production;

import dev.quarterdeck.production.components.ComponentId;
import java.util.List;
import java.util.Optional;

/// One step in the life of an environment's branch: a merge into it, or a commit made right on it.
///
/// @param commit the merge or the commit
/// @param promotion of Copado: `P01120`
/// @param deployment name of Copado's deployment: `CDDeployUS0000238NNProduction`
/// @param source branch that was merged, as the message says
/// @param target branch that it was merged into, as the message says
/// @param stories that the message and the branch names name: `US-0000238`
/// @param components that it changed, when that was asked for
/// @param cut whether the components could not be found out, for the request budget
public record Deployment(
    String environment,
    LastCommit commit,
    Kind kind,
    Optional<String> promotion,
    Optional<String> deployment,
    Optional<String> source,
    Optional<String> target,
    List<String> stories,
    Optional<List<ComponentId>> components,
    boolean cut) {
  public Deployment {
    stories = List.copyOf(stories);
    components = components.map(List::copyOf);
  }

  /// What kind of step.
  public enum Kind {
    /// A promotion branch was merged: a deployment.
    PROMOTION,
    /// A promotion that only validates: nothing was deployed by it.
    VALIDATION,
    /// A story's branch was merged.
    STORY,
    /// Another environment's branch was merged.
    BACK_PROMOTION,
    /// Any other merge.
    MERGE,
    /// A snapshot of the org: what was changed there by hand.
    SNAPSHOT,
    /// A backup of the org.
    BACKUP,
    /// A commit that names a story.
    STORY_COMMIT,
    /// A commit that names none.
    DIRECT;

    /// Whether something came into the org past the promotions.
    public boolean outOfBand() {
      return switch (this) {
        case SNAPSHOT, BACKUP, DIRECT -> true;
        case PROMOTION, VALIDATION, STORY, BACK_PROMOTION, MERGE, STORY_COMMIT -> false;
      };
    }
  }

  /// The newest steps of some environments.
  ///
  /// @param entries newest first
  /// @param complete false when there are older ones
  /// @param errors environments that could not be read, with the reason
  public record Log(
      List<Deployment> entries, boolean complete, List<String> errors, SnapshotInfo snapshot) {
    public Log {
      entries = List.copyOf(entries);
      errors = List.copyOf(errors);
    }
  }

  /// Which steps are wanted.
  ///
  /// @param environments branches, empty for production and all environments
  /// @param story only steps that name it
  /// @param kinds empty for all
  /// @param components whether the components of each step are wanted: one request each
  /// @param limit steps of each environment at most
  public record Query(
      List<String> environments,
      Optional<String> story,
      List<Kind> kinds,
      boolean components,
      int limit) {
    public Query {
      environments = List.copyOf(environments);
      kinds = List.copyOf(kinds);
    }
  }
}
