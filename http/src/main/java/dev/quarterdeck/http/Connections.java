package dev.quarterdeck.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All open connections, and the watch that closes those whose client is silent, dribbles its
/// headers or does not read its answer.
final class Connections implements ServerConnectionSelector, AutoCloseable {
  private final ServerConnectionSelector http1;
  private final Duration idleTimeout;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Thread watch;
  private volatile boolean stopped;

  Connections(ServerConnectionSelector http1, HttpOptions options) {
    this.http1 = http1;
    this.idleTimeout = options.idleTimeout();
    long period =
        Math.clamp(
            Math.min(
                    options.headerTimeout().toMillis(),
                    Math.min(options.idleTimeout().toMillis(), options.writeTimeout().toMillis()))
                / 4,
            10,
            1000);
    this.watch = Thread.ofPlatform().daemon().name("http-watch").start(() -> watch(period));
  }

  /// Starts the time for the headers as soon as the first line of a request has come.
  static Http1ConnectionListener headerClock(Duration headerTimeout) {
    return new Http1ConnectionListener() {
      @Override
      public void prologue(ConnectionContext context, HttpPrologue prologue) {
        Scopes.connection().limitTo(headerTimeout);
      }
    };
  }

  Duration idleTimeout() {
    return idleTimeout;
  }

  void opened(Connection connection) {
    open.add(connection);
  }

  void closed(Connection connection) {
    open.remove(connection);
  }

  void abortAll() {
    open.forEach(Connection::abort);
  }

  private void watch(long periodMillis) {
    while (!stopped) {
      long now = System.nanoTime();
      for (Connection connection : open) {
        if (connection.overdue(now)) {
          connection.abort();
        }
      }
      try {
        Thread.sleep(periodMillis);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    watch.interrupt();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Connection(http1.connection(context), context, this);
  }
}
