package dev.quarterdeck.production.source.git;

import dev.quarterdeck.production.source.Commit;
import dev.quarterdeck.production.source.Ref;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Refs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// Branches, tags and what a name means.
final class Names {
  private static final int LONGEST_FILE_NAME = 255;
  private static final Pattern SHORTENED = Pattern.compile("[0-9a-fA-F]{7,39}");

  private Names() {}

  static Refs refs(Repository repository, RefScope scope, @Nullable Refs known) throws IOException {
    List<Ref> refs = new ArrayList<>();
    for (Ref.Kind kind : scope.kinds()) {
      add(repository, kind, scope, refs);
    }
    Refs now = new Refs(refs, null);
    return known != null && now.equals(known) ? known : now;
  }

  private static void add(
      Repository repository, Ref.Kind kind, RefScope scope, Collection<Ref> refs)
      throws IOException {
    String prefix = prefix(kind);
    try (RevWalk walk = new RevWalk(repository)) {
      for (var each : repository.getRefDatabase().getRefsByPrefix(prefix)) {
        String name = each.getName().substring(prefix.length());
        if (scope.names().isEmpty() || scope.names().contains(name)) {
          commitOf(walk, each.getObjectId(), kind)
              .ifPresent(id -> refs.add(new Ref(kind, name, id)));
        }
      }
    }
  }

  /// Branches are commits by Git's own rule; a tag may name anything, also through other tags.
  private static Optional<String> commitOf(RevWalk walk, @Nullable ObjectId id, Ref.Kind kind)
      throws IOException {
    if (id == null) {
      return Optional.empty();
    }
    return switch (kind) {
      case BRANCH -> Optional.of(id.name());
      case TAG ->
          walk.peel(walk.parseAny(id)) instanceof RevCommit commit
              ? Optional.of(commit.name())
              : Optional.empty();
    };
  }

  static Optional<Commit> commit(Repository repository, String refOrId) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      Optional<ObjectId> id = meant(repository, refOrId);
      if (id.isEmpty()) {
        return Optional.empty();
      }
      boolean byId = ObjectId.isId(refOrId);
      RevObject object = walk.parseAny(id.get());
      RevObject peeled = byId ? object : walk.peel(object);
      return peeled instanceof RevCommit commit
          ? Optional.of(Commits.value(commit))
          : Optional.empty();
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ObjectId> meant(Repository repository, String refOrId)
      throws IOException {
    if (ObjectId.isId(refOrId)) {
      return Optional.of(ObjectId.fromString(refOrId));
    }
    if (tooLongForAFile(refOrId)) {
      return Optional.empty();
    }
    for (Ref.Kind kind : Ref.Kind.values()) {
      String full = prefix(kind) + refOrId;
      var ref = Repository.isValidRefName(full) ? repository.exactRef(full) : null;
      if (ref != null && ref.getObjectId() != null) {
        return Optional.of(ref.getObjectId());
      }
    }
    return SHORTENED.matcher(refOrId).matches() ? shortened(repository, refOrId) : Optional.empty();
  }

  /// Refs are files: no system has one with such a name, and looking for it is an error to JGit.
  private static boolean tooLongForAFile(String name) {
    for (String part : name.split("/", -1)) {
      if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_FILE_NAME) {
        return true;
      }
    }
    return false;
  }

  private static Optional<ObjectId> shortened(Repository repository, String digits)
      throws IOException {
    try (RevWalk walk = new RevWalk(repository);
        ObjectReader reader = repository.newObjectReader()) {
      List<ObjectId> commits = new ArrayList<>();
      for (ObjectId id : reader.resolve(AbbreviatedObjectId.fromString(digits))) {
        if (walk.parseAny(id) instanceof RevCommit) {
          commits.add(id);
        }
      }
      return commits.size() == 1 ? Optional.of(commits.getFirst()) : Optional.empty();
    }
  }

  private static String prefix(Ref.Kind kind) {
    return switch (kind) {
      case BRANCH -> Constants.R_HEADS;
      case TAG -> Constants.R_TAGS;
    };
  }
}
