package dev.quarterdeck.production.source;

import dev.quarterdeck.production.fakes.FakeBitbucket;
import dev.quarterdeck.production.source.bitbucket.Bitbucket;
import dev.quarterdeck.production.source.bitbucket.BitbucketOptions;
import dev.quarterdeck.production.source.bitbucket.RequestMeter;
import dev.quarterdeck.settings.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fakes that a contract opens one after the other, closed together; closing tells what was asked
/// wrongly.
final class FakesInUse implements AutoCloseable {
  private final List<FakeBitbucket> fakes = new ArrayList<>();

  Source open(FakeBitbucket fake, String workspace, String repository) {
    fakes.add(fake);
    BitbucketOptions options =
        new BitbucketOptions(
            fake.baseUrl(),
            workspace,
            repository,
            Optional.of(Secret.of(FakeBitbucket.TOKEN)),
            Optional.empty(),
            8,
            32,
            Duration.ofMinutes(1));
    return Bitbucket.open(options, new RequestMeter());
  }

  @Override
  public void close() {
    fakes.forEach(FakeBitbucket::close);
  }
}
