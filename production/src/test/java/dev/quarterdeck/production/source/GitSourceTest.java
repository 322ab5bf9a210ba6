package dev.quarterdeck.production.source;

import dev.quarterdeck.production.source.git.GitSource;
import java.nio.file.Path;

/// The contract, over a bare clone that is read in process.
class GitSourceTest extends LastCommitsContract {
  @Override
  Source open(Path gitDirectory) {
    return GitSource.open(gitDirectory);
  }
}
