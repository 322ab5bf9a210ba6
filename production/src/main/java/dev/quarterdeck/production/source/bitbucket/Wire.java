package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Sends single attempts over kept connections. Redirects are followed on the same host only, so
/// the token goes nowhere else.
final class Wire implements AutoCloseable {
  private static final int ERROR_BYTES = 16 << 10;
  private final URI base;
  private final HttpHost target;
  private final CloseableHttpClient client;
  private final Watchdog watchdog = new Watchdog();
  private final Duration timeout;
  private final Credentials credentials;
  private final Statuses statuses;
  private final Breakage broken;
  private final RequestMeter meter;

  private Wire(
      URI base,
      HttpHost target,
      CloseableHttpClient client,
      Duration timeout,
      Credentials credentials,
      RequestMeter meter) {
    this.base = base;
    this.target = target;
    this.client = client;
    this.timeout = timeout;
    this.credentials = credentials;
    this.statuses = new Statuses(base.getRawAuthority(), credentials);
    this.broken = new Breakage(base.getRawAuthority(), timeout, credentials);
    this.meter = meter;
  }

  static Wire open(BitbucketOptions options, RequestMeter meter) {
    URI base = options.baseUrl();
    String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https"))
        || base.getHost() == null
        || base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new SourceException(
          new SourceFault.NotConfigured(
              "BITBUCKET_BASE_URL: it cannot be used (expected: https://api.bitbucket.org/2.0,"
                  + " https://HOST/rest/api/1.0 or file:///PATH, without user, password, query or"
                  + " fragment; the credentials are BITBUCKET_TOKEN)"));
    }
    Credentials credentials = Credentials.of(options.token(), options.email());
    Timeout connect = Timeout.of(options.timeout());
    PoolingHttpClientConnectionManager pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(options.poolMaxsize())
            .setMaxConnPerRoute(options.poolMaxsize())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .build();
    CloseableHttpClient client =
        HttpClients.custom()
            .setConnectionManager(pool)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .setUserAgent("Quarterdeck")
            .build();
    HttpHost host = new HttpHost(scheme, base.getHost(), base.getPort());
    return new Wire(base, host, client, options.timeout(), credentials, meter);
  }

  /// The API root.
  URI base() {
    return base;
  }

  /// The host for a message.
  String host() {
    return base.getRawAuthority();
  }

  /// What an attempt brought.
  sealed interface Outcome {
    record Answered(Answer answer) implements Outcome {}

    /// To another place of the same host.
    record Redirected(String target) implements Outcome {}

    record Failed(Failure failure) implements Outcome {}
  }

  /// Sends once.
  Outcome send(Call call, Ask ask) {
    HttpUriRequestBase request = request(ask);
    Duration left = call.remaining();
    Duration first = timeout.compareTo(left) < 0 ? timeout : left;
    try (Watchdog.Watch watch = watchdog.watch(request, first, left)) {
      try {
        return exchange(call, ask, request, watch);
      } catch (IOException failure) {
        return new Outcome.Failed(broken.failure(ask, watch.over(), failure));
      }
    } catch (IllegalStateException | RejectedExecutionException closed) {
      return new Outcome.Failed(
          Failure.last(
              new SourceFault.Cancelled("the connections to Bitbucket are closed"), closed));
    }
  }

  private HttpUriRequestBase request(Ask ask) {
    HttpUriRequestBase request = new HttpGet(base);
    request.setPath(ask.target());
    request.setHeader(HttpHeaders.ACCEPT, ask.cutAtLimit() ? "*/*" : "application/json");
    credentials.header().ifPresent(secret -> authorize(request, secret.reveal()));
    ask.etag().ifPresent(tag -> request.setHeader(HttpHeaders.IF_NONE_MATCH, tag));
    return request;
  }

  private static void authorize(HttpUriRequestBase request, String value) {
    request.setHeader(HttpHeaders.AUTHORIZATION, value);
  }

  private Outcome exchange(Call call, Ask ask, HttpUriRequestBase request, Watchdog.Watch watch)
      throws IOException {
    try (ClassicHttpResponse response =
        client.executeOpen(target, request, HttpClientContext.create())) {
      watch.begun();
      int status = response.getCode();
      meter.answered(status);
      boolean good = status == 200 || ask.ready().contains(status);
      int limit = good ? ask.limit() : ERROR_BYTES;
      Body body = read(call, response, limit);
      if (!good && status >= 300 && status < 400 && status != 304) {
        return redirect(ask, status, response);
      }
      if (!good) {
        return new Outcome.Failed(
            statuses.failure(status, ask.shown(), body.bytes, retryAfter(response)));
      }
      if (body.truncated && !ask.cutAtLimit()) {
        return new Outcome.Failed(
            Failure.last(
                new SourceFault.TooLarge(
                    "%s: the answer to GET %s has more than %d bytes; use a Git clone"
                        .formatted(host(), ask.shown(), limit))));
      }
      return new Outcome.Answered(
          new Answer(
              status,
              type(response),
              header(response, HttpHeaders.ETAG),
              body.bytes,
              body.truncated));
    }
  }

  /// What a 404 means that turned out to be no answer.
  Failure notFound(Ask ask, Answer answer) {
    return statuses.failure(404, ask.shown(), answer.body(), Optional.empty());
  }

  private Body read(Call call, ClassicHttpResponse response, int limit) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Body(new byte[0], false);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 << 10];
    try (InputStream in = entity.getContent()) {
      int wanted = limit;
      while (true) {
        int count = in.read(buffer, 0, Math.min(buffer.length, Math.max(1, wanted)));
        if (count < 0) {
          return new Body(bytes.toByteArray(), false);
        }
        meter.received(count);
        call.check();
        if (count > wanted) {
          response.close();
          return new Body(bytes.toByteArray(), true);
        }
        bytes.write(buffer, 0, count);
        wanted -= count;
      }
    }
  }

  private Outcome redirect(Ask ask, int status, ClassicHttpResponse response) {
    String location = header(response, HttpHeaders.LOCATION).orElse("");
    try {
      URI there = base.resolve(ask.target()).resolve(location);
      boolean sameHost =
          base.getScheme().equalsIgnoreCase(there.getScheme())
              && base.getRawAuthority().equalsIgnoreCase(there.getRawAuthority());
      if (sameHost && !location.isEmpty()) {
        String query = there.getRawQuery();
        return new Outcome.Redirected(there.getRawPath() + (query == null ? "" : "?" + query));
      }
      if (!location.isEmpty()) {
        String to = there.getHost() == null ? "another place" : there.getHost();
        return elsewhere(ask, status, to);
      }
    } catch (IllegalArgumentException unreadable) {
      return elsewhere(ask, status, "a place that is no URL");
    }
    return elsewhere(ask, status, "no place");
  }

  private Outcome elsewhere(Ask ask, int status, String to) {
    return new Outcome.Failed(
        Failure.last(
            new SourceFault.Unusable(
                "%s answered %d to GET %s and leads to %s, where the token must not go (expected: 200); check BITBUCKET_BASE_URL"
                    .formatted(host(), status, ask.shown(), credentials.without(to)))));
  }

  private static String type(ClassicHttpResponse response) {
    String value = header(response, HttpHeaders.CONTENT_TYPE).orElse("");
    int parameters = value.indexOf(';');
    String type = parameters < 0 ? value : value.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<Duration> retryAfter(ClassicHttpResponse response) {
    return header(response, HttpHeaders.RETRY_AFTER)
        .flatMap(value -> RetryAfter.parse(value, Instant.now()));
  }

  private static Optional<String> header(ClassicHttpResponse response, String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  @Override
  public void close() {
    watchdog.close();
    client.close(CloseMode.IMMEDIATE);
  }

  /// Bytes of a body, maybe not all.
  private static final class Body {
    private final byte[] bytes;
    private final boolean truncated;

    Body(byte[] bytes, boolean truncated) {
      this.bytes = bytes;
      this.truncated = truncated;
    }
  }
}
