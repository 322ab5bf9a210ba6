package dev.quarterdeck.production.source;

import dev.quarterdeck.production.fakes.FakeDataCenter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/// The contract, over Bitbucket Data Center as the strict fake speaks it.
class DataCenterSourceTest extends LastCommitsContract {
  private final FakesInUse fakes = new FakesInUse();

  @Override
  Source open(Path gitDirectory) {
    return fakes.open(
        FakeDataCenter.serve(gitDirectory), FakeDataCenter.PROJECT, FakeDataCenter.REPOSITORY);
  }

  @AfterAll
  void closeFakes() {
    fakes.close();
  }
}
