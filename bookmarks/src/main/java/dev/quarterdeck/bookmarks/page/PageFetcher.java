package dev.quarterdeck.bookmarks.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Fetches pages and pictures whose addresses come from strangers.
///
/// Only http and https, no user information, the usual ports; a name is looked up once, each of its
/// addresses must be public, and the connection goes to one of those. All of it again at every
/// redirect and for every picture. No cookies, no credentials, no proxy; time, size after
/// decompression and redirects are bounded. Safe for all threads.
public final class PageFetcher implements AutoCloseable {
  private static final int CHUNK = 16 * 1024;
  private static final int CONNECTIONS = 16;

  private final FetchRules rules;
  private final HostPauses pauses;
  private final CloseableHttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// A fetcher that looks names up as this machine does.
  public PageFetcher(FetchRules rules) {
    this(rules, InetAddress::getAllByName);
  }

  PageFetcher(FetchRules rules, CheckedNames.Lookup lookup) {
    this.rules = rules;
    this.pauses = new HostPauses(rules.pause());
    Timeout attempt = Timeout.of(rules.attempt());
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new CheckedNames(lookup, rules.allowedHosts()))
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(2)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(attempt)
                            .setSocketTimeout(attempt)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(rules.total()))
                    .setResponseTimeout(attempt)
                    .build())
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableAutomaticRetries()
            // A connection that was checked for one name must not serve another one later.
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setUserAgent("Quarterdeck/0.1 (bookmark metadata)")
            .build();
  }

  /// Fetches a page and reads its head.
  ///
  /// @throws FetchException with the reason; the total time is over at the latest after the rules'
  public FetchedPage page(URI address) throws FetchException, InterruptedException {
    return within(request -> page(address, request), address);
  }

  /// Fetches a picture.
  ///
  /// @throws FetchException with the reason
  public Picture picture(URI address) throws FetchException, InterruptedException {
    return within(request -> picture(address, request), address);
  }

  /// The request that is under way, to be ended from outside.
  private static final class Underway {
    private volatile @Nullable HttpGet request;

    void set(HttpGet value) {
      request = value;
    }

    void end() {
      @Nullable HttpGet current = request;
      if (current != null) {
        current.abort();
      }
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Underway underway) throws FetchException, IOException, InterruptedException;
  }

  private <T> T within(Work<T> work, URI address) throws FetchException, InterruptedException {
    Underway underway = new Underway();
    Future<T> result = threads.submit(() -> work.run(underway));
    try {
      return result.get(rules.total().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new FetchException(
          address.getHost() + ": took longer than " + rules.total().toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      @Nullable Throwable cause = failed.getCause();
      if (cause instanceof FetchException said) {
        throw said;
      }
      throw new FetchException(reason(address, cause), failed);
    } finally {
      underway.end();
      result.cancel(true);
    }
  }

  private static String reason(URI address, @Nullable Throwable cause) {
    if (cause instanceof CheckedNames.ForbiddenAddress forbidden) {
      return String.valueOf(forbidden.getMessage());
    }
    if (cause instanceof UnknownHostException) {
      return address.getHost() + ": no such host";
    }
    String kind = cause == null ? "failed" : cause.getClass().getSimpleName();
    return address.getHost() + ": could not be read (" + kind + ")";
  }

  private FetchedPage page(URI address, Underway underway)
      throws FetchException, IOException, InterruptedException {
    return follow(
        address,
        "text/html,*/*;q=0.1",
        underway,
        (found, entity) -> {
          ContentType type = type(entity);
          String name = type.getMimeType().toLowerCase(Locale.ROOT);
          if (!name.equals("text/html") && !name.equals("application/xhtml+xml")) {
            throw new FetchException(found.getHost() + ": is no web page but " + name);
          }
          byte[] html = read(entity, rules.pageBytes(), true);
          return PageReader.read(
              html, Optional.ofNullable(type.getCharset()).map(Charset::name), found);
        });
  }

  private Picture picture(URI address, Underway underway)
      throws FetchException, IOException, InterruptedException {
    return follow(
        address,
        "image/*",
        underway,
        (found, entity) -> {
          byte[] bytes = read(entity, rules.pictureBytes() + 1, false);
          if (bytes.length > rules.pictureBytes()) {
            throw new FetchException(
                found.getHost() + ": picture over " + rules.pictureBytes() + " bytes");
          }
          return Picture.kind(bytes)
              .map(kind -> new Picture(kind, bytes))
              .orElseThrow(() -> new FetchException(found.getHost() + ": no picture"));
        });
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(URI found, @Nullable HttpEntity entity) throws FetchException, IOException;
  }

  /// Asks for an address, and for those it redirects to; each is checked like the first.
  private <T> T follow(URI address, String accept, Underway underway, Reader<T> reader)
      throws FetchException, IOException, InterruptedException {
    URI current = address;
    for (int redirects = 0; ; redirects++) {
      ClassicHttpResponse response = get(current, accept, underway);
      try {
        Optional<URI> next = redirect(current, response, redirects);
        if (next.isEmpty()) {
          return reader.read(current, response.getEntity());
        }
        current = next.get();
      } finally {
        // Closing alone would read the rest of the body, and some have no end.
        underway.end();
        discard(response);
      }
    }
  }

  private static void discard(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException aborted) {
      // Its connection was closed just before: there is nothing left to fail.
      return;
    }
  }

  private ClassicHttpResponse get(URI address, String accept, Underway underway)
      throws FetchException, IOException, InterruptedException {
    URI checked = WebAddress.check(address, rules);
    pauses.await(checked.getHost());
    HttpGet request = new HttpGet(checked);
    request.setHeader("Accept", accept);
    underway.set(request);
    return client.executeOpen(null, request, null);
  }

  private Optional<URI> redirect(URI from, ClassicHttpResponse response, int redirects)
      throws FetchException {
    int status = response.getCode();
    if (status >= 200 && status < 300) {
      return Optional.empty();
    }
    @Nullable Header location = response.getFirstHeader("Location");
    if (status < 300 || status >= 400 || location == null) {
      throw new FetchException(from.getHost() + ": answered " + status);
    }
    if (redirects >= rules.redirects()) {
      throw new FetchException(
          from.getHost() + ": redirects more than " + rules.redirects() + " times");
    }
    try {
      return Optional.of(from.resolve(location.getValue().strip()));
    } catch (IllegalArgumentException noAddress) {
      throw new FetchException(from.getHost() + ": redirects to what is no address", noAddress);
    }
  }

  private static ContentType type(@Nullable HttpEntity entity) throws FetchException {
    try {
      @Nullable ContentType type =
          entity == null ? null : ContentType.parseLenient(entity.getContentType());
      return type == null ? ContentType.APPLICATION_OCTET_STREAM : type;
    } catch (RuntimeException unreadable) {
      throw new FetchException("its Content-Type cannot be read", unreadable);
    }
  }

  /// The first bytes of a body; those of a page end with its head.
  private static byte[] read(@Nullable HttpEntity entity, int most, boolean head)
      throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    BodyBytes bytes = new BodyBytes(most);
    byte[] chunk = new byte[CHUNK];
    InputStream content = entity.getContent();
    for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
      bytes.add(chunk, n);
      if (bytes.full() || (head && bytes.holdsEndOfHead())) {
        break;
      }
    }
    return bytes.toArray();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
