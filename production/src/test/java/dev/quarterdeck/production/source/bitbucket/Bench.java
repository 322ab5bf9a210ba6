package dev.quarterdeck.production.source.bitbucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quarterdeck.production.fakes.FakeBitbucket;
import dev.quarterdeck.production.fakes.FakeCloud;
import dev.quarterdeck.production.fakes.FakeDataCenter;
import dev.quarterdeck.production.fakes.LoopbackServer;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.settings.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A source over a fake whose pauses between attempts are noted and not waited.
final class Bench implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(2);
  private final FakeBitbucket fake;
  private final Source source;
  private final RequestMeter meter = new RequestMeter();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  private Bench(FakeBitbucket fake, BitbucketOptions options) {
    this.fake = fake;
    Backoff backoff = new Backoff(() -> 1.0, pauses::add);
    this.source = Bitbucket.open(options, BitbucketHttp.open(options, meter, backoff));
  }

  static Bench of(FakeBitbucket fake) {
    return of(fake, LONG);
  }

  static Bench of(FakeBitbucket fake, Duration timeout) {
    return new Bench(fake, options(fake, 8, 32, timeout));
  }

  static Bench of(FakeBitbucket fake, int workers, int pool) {
    return new Bench(fake, options(fake, workers, pool, LONG));
  }

  static BitbucketOptions options(FakeBitbucket fake, int workers, int pool, Duration timeout) {
    return options(fake.baseUrl(), FakeBitbucket.TOKEN, fake, workers, pool, timeout);
  }

  static BitbucketOptions options(URI base, String token, FakeBitbucket fake) {
    return options(base, token, fake, 8, 32, LONG);
  }

  private static BitbucketOptions options(
      URI base, String token, FakeBitbucket fake, int workers, int pool, Duration timeout) {
    return new BitbucketOptions(
        base,
        workspace(fake),
        "org",
        token.isEmpty() ? Optional.empty() : Optional.of(Secret.of(token)),
        Optional.empty(),
        workers,
        pool,
        timeout);
  }

  private static String workspace(FakeBitbucket fake) {
    return switch (fake) {
      case FakeCloud _ -> FakeCloud.WORKSPACE;
      case FakeDataCenter _ -> FakeDataCenter.PROJECT;
    };
  }

  static Bench with(FakeBitbucket fake, BitbucketOptions options) {
    return new Bench(fake, options);
  }

  Source source() {
    return source;
  }

  LoopbackServer server() {
    return fake.server();
  }

  RequestMeter meter() {
    return meter;
  }

  /// The pauses before second and further attempts.
  List<Duration> pauses() {
    return pauses;
  }

  static Call call() {
    return Call.within(LONG, 1000);
  }

  /// The fault that this ends with; the token is nowhere in it.
  static SourceFault fault(ThrowingCallable asked) {
    SourceException thrown = catchThrowableOfType(SourceException.class, asked);
    assertThat(thrown).isNotNull();
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    assertThat(all + " " + thrown.fault()).doesNotContain(FakeBitbucket.TOKEN);
    return thrown.fault();
  }

  @Override
  public void close() {
    source.close();
  }
}
