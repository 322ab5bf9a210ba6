package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/// What names and paths can mean, so that nothing else is put into a URL.
final class Names {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHORTENED = Pattern.compile("[0-9a-f]{7,39}");

  private Names() {}

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  static boolean isShortened(String text) {
    return SHORTENED.matcher(text).matches();
  }

  /// Whether a branch or a tag can have this name.
  static boolean mayBeRef(String name) {
    return Repository.isValidRefName("refs/heads/" + name);
  }

  /// Whether a tree can have this path; no other goes into a URL, where `..` would lead elsewhere.
  static boolean mayBePath(String path) {
    for (String name : List.of(path.split("/", -1))) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf(0) >= 0) {
        return false;
      }
    }
    return true;
  }

  /// Tells "there is no such commit" from "the commit has no such thing".
  static void mustExist(Source source, Call call, String commit) {
    if (source.commit(call, commit).isEmpty()) {
      throw new SourceException(
          new SourceFault.NotFound(
              "%s: commit %s is not there (expected: a commit of this repository)"
                  .formatted(source.name(), commit)));
    }
  }
}
