package dev.quarterdeck.production.source;

import dev.quarterdeck.production.fakes.FakeCloud;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/// The contract, over Bitbucket Cloud as the strict fake speaks it.
class CloudSourceTest extends LastCommitsContract {
  private final FakesInUse fakes = new FakesInUse();

  @Override
  Source open(Path gitDirectory) {
    return fakes.open(FakeCloud.serve(gitDirectory), FakeCloud.WORKSPACE, FakeCloud.REPOSITORY);
  }

  @AfterAll
  void closeFakes() {
    fakes.close();
  }
}
