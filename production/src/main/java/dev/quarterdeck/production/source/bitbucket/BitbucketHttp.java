package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Asks one Bitbucket, read only, with bounds on everything: requests in flight over all calls,
/// open connections (kept alive and used again), the time of an attempt until its first byte, the
/// time of a whole call, the size of a body, the number of attempts. Blocks; safe for all threads.
///
/// A request is repeated when it was reset, timed out or answered with 429, 500, 502, 503 or 504,
/// after a pause as the host asks or one that grows; never past the call's time or budget, and
/// never for another status.
final class BitbucketHttp implements AutoCloseable {
  private static final int REDIRECTS = 5;
  private final String host;
  private final Semaphore places;
  private final Wire wire;
  private final Backoff backoff;
  private final RequestMeter meter;

  private BitbucketHttp(Wire wire, int places, Backoff backoff, RequestMeter meter) {
    this.host = wire.host();
    this.places = new Semaphore(places, true);
    this.wire = wire;
    this.backoff = backoff;
    this.meter = meter;
  }

  /// @throws SourceException the base URL or the token cannot be used
  static BitbucketHttp open(BitbucketOptions options, RequestMeter meter) {
    return open(
        options, meter, new Backoff(() -> ThreadLocalRandom.current().nextDouble(), Thread::sleep));
  }

  static BitbucketHttp open(BitbucketOptions options, RequestMeter meter, Backoff backoff) {
    // More requests than connections would only wait for one with their time running.
    int places = Math.min(options.maxWorkers(), options.poolMaxsize());
    return new BitbucketHttp(Wire.open(options, meter), places, backoff, meter);
  }

  /// The host for a message.
  String host() {
    return host;
  }

  /// Path and query of a URL that an answer gave, verbatim.
  ///
  /// @throws SourceException [SourceFault.Malformed] when it leads to another host
  String target(Ask ask, String url) {
    URI base = wire.base();
    String root = base.getScheme() + "://" + base.getRawAuthority();
    if (!url.regionMatches(true, 0, root, 0, root.length())
        || !url.startsWith("/", root.length())) {
      throw Answers.malformed(host, ask, "leads to another host");
    }
    return url.substring(root.length());
  }

  /// Asks until there is an answer or no hope.
  Answer ask(Call call, Ask ask) {
    Ask now = ask;
    int redirects = 0;
    for (int attempt = 1; ; ) {
      switch (attempt(call, now, attempt)) {
        case Wire.Outcome.Answered answered -> {
          return answered.answer();
        }
        case Wire.Outcome.Redirected redirected -> {
          redirects++;
          if (redirects > REDIRECTS) {
            throw Answers.malformed(
                host, ask, "is a redirect for the %dth time".formatted(redirects));
          }
          now = ask.at(redirected.target());
        }
        case Wire.Outcome.Failed failed -> {
          pause(call, failed.failure(), attempt);
          attempt++;
        }
      }
    }
  }

  private void pause(Call call, Failure failure, int attempt) {
    Duration pause = failure.after().orElse(backoff.after(attempt));
    if (!failure.again() || attempt == Backoff.ATTEMPTS || pause.compareTo(call.remaining()) >= 0) {
      throw failure.exception();
    }
    try {
      backoff.sleep(pause);
    } catch (InterruptedException stopped) {
      throw cancelled(stopped);
    }
  }

  /// Asks for a JSON object.
  JsonNode json(Call call, Ask ask) {
    return Answers.object(host, ask, ask(call, ask));
  }

  /// Asks for a JSON object that may not be there.
  ///
  /// @throws SourceException [SourceFault.NotFound] when the repository itself is not there
  Optional<JsonNode> find(Call call, Ask ask) {
    Ask maybe = ask.ready(404);
    Answer answer = ask(call, maybe);
    if (answer.status() != 404) {
      return Optional.of(Answers.object(host, maybe, answer));
    }
    if (new String(answer.body(), StandardCharsets.UTF_8)
        .matches("(?s).*\"(Repository|Project)\\b[^\"]*(not found|does not exist).*")) {
      throw wire.notFound(maybe, answer).exception();
    }
    return Optional.empty();
  }

  private Wire.Outcome attempt(Call call, Ask ask, int attempt) {
    try {
      if (!places.tryAcquire(call.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SourceException(
            new SourceFault.Timeout(
                "BITBUCKET_MAX_WORKERS: other requests to %s took all places until the time for this call was over; raise it, or ask for less"
                    .formatted(host)));
      }
    } catch (InterruptedException stopped) {
      throw cancelled(stopped);
    }
    try {
      call.request();
      meter.started(attempt > 1);
      try {
        return wire.send(call, ask);
      } finally {
        meter.ended();
      }
    } finally {
      places.release();
    }
  }

  private static SourceException cancelled(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new SourceException(new SourceFault.Cancelled("the caller gave up"), stopped);
  }

  @Override
  public void close() {
    wire.close();
  }
}
