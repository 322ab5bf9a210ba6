package dev.quarterdeck.benchmarks.production;

import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.fakes.FakeBitbucket;
import dev.quarterdeck.production.fakes.FakeCloud;
import dev.quarterdeck.production.fakes.FakeDataCenter;
import dev.quarterdeck.production.fakes.FakeGitServer;
import dev.quarterdeck.production.fakes.LoopbackServer;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.bitbucket.Bitbucket;
import dev.quarterdeck.production.source.bitbucket.BitbucketOptions;
import dev.quarterdeck.production.source.bitbucket.RequestMeter;
import dev.quarterdeck.production.source.git.GitCredentials;
import dev.quarterdeck.production.source.git.GitSource;
import dev.quarterdeck.settings.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// One kind of source over one repository, behind a server that answers late.
///
/// @param git the repository that is served
/// @param open makes a source with a directory of its own for what it keeps
/// @param coldTarget upstream requests of the first answer at most; 0 for no target
/// @param fetches whether requests are fetches, counted by the source, not requests of HTTP
record Rig(
    String name,
    Path git,
    LoopbackServer server,
    Runnable fake,
    Function<Path, Source> open,
    int coldTarget,
    boolean fetches)
    implements AutoCloseable {
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  static Rig cloud(Path git) {
    FakeCloud fake = FakeCloud.serve(git);
    return bitbucket("Cloud 2.0", git, fake, FakeCloud.WORKSPACE, FakeCloud.REPOSITORY, 320);
  }

  static Rig dataCenter(Path git) {
    FakeDataCenter fake = FakeDataCenter.serve(git);
    return bitbucket(
        "Data Center 1.0", git, fake, FakeDataCenter.PROJECT, FakeDataCenter.REPOSITORY, 0);
  }

  private static Rig bitbucket(
      String name, Path git, FakeBitbucket fake, String workspace, String repository, int target) {
    fake.server().latency(LATENCY);
    BitbucketOptions options =
        new BitbucketOptions(
            fake.baseUrl(),
            workspace,
            repository,
            Optional.of(Secret.of(FakeBitbucket.TOKEN)),
            Optional.empty(),
            8,
            32,
            TIMEOUT);
    return new Rig(
        name,
        git,
        fake.server(),
        fake::close,
        _ -> Bitbucket.open(options, new RequestMeter()),
        target,
        false);
  }

  static Rig mirror(Path git) {
    FakeGitServer fake = FakeGitServer.serve(git);
    fake.server().latency(LATENCY);
    GitCredentials credentials =
        new GitCredentials(FakeGitServer.USER, Secret.of(FakeBitbucket.TOKEN));
    return new Rig(
        "Git mirror",
        git,
        fake.server(),
        fake::close,
        kept ->
            GitSource.mirror(
                fake.url(), Optional.of(credentials), kept.resolve("mirror.git"), TIMEOUT),
        1,
        true);
  }

  /// Upstream requests since the counters were reset.
  int requests(Production production) {
    return fetches ? production.lastRefreshRequests() : server.counters().requests();
  }

  @Override
  public void close() {
    fake.run();
  }
}
