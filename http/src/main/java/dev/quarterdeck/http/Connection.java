package dev.quarterdeck.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: what it waits for, since when, and how it ends. Its own thread handles it; the
/// watch of [Connections] closes it when a client keeps it waiting too long.
final class Connection implements ServerConnection, InterruptableTask<Void> {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int LINGER_BYTES = 32_000_000;
  private static final Duration LINGER_TIME = Duration.ofSeconds(2);

  private final ServerConnection inner;
  private final ConnectionContext context;
  private final Connections all;
  private volatile long deadline = Long.MAX_VALUE;
  private volatile boolean lingering;

  Connection(ServerConnection inner, ConnectionContext context, Connections all) {
    this.inner = inner;
    this.context = context;
    this.all = all;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    all.opened(this);
    limitTo(all.idleTimeout());
    try {
      Scopes.withConnection(
          this,
          () -> {
            inner.handle(limit);
            return true;
          });
    } finally {
      try {
        if (lingering) {
          drain();
        }
      } finally {
        all.closed(this);
      }
    }
  }

  /// The client must act within this time, or the connection is closed.
  void limitTo(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /// Nobody waits for the client now.
  void unlimited() {
    deadline = Long.MAX_VALUE;
  }

  /// The rest of the body is read and thrown away before the connection closes: closing at once
  /// would reset it, and the client might never see the answer.
  void lingerBeforeClose() {
    lingering = true;
  }

  boolean overdue(long now) {
    long limit = deadline;
    return limit != Long.MAX_VALUE && now - limit >= 0;
  }

  /// Closes the socket under whatever reads or writes it.
  void abort() {
    try {
      context.serverSocket().close();
    } catch (RuntimeException alreadyClosed) {
      LOG.trace("closing a connection that is closed", alreadyClosed);
    }
  }

  /// Reads so many bytes.
  byte[] read(int count) throws IOException {
    try {
      byte[] bytes = new byte[count];
      int at = 0;
      while (at < count) {
        context.dataReader().ensureAvailable();
        BufferData some =
            context.dataReader().readBuffer(Math.min(count - at, context.dataReader().available()));
        at += some.read(bytes, at, count - at);
      }
      return bytes;
    } catch (RuntimeException gone) {
      throw new IOException("the client is gone", gone);
    }
  }

  /// Writes and flushes.
  void write(byte[] bytes) {
    context.dataWriter().writeNow(BufferData.create(bytes));
  }

  /// Reads until the client closes.
  void awaitClientGone() {
    try {
      while (true) {
        context.dataReader().readBuffer();
      }
    } catch (RuntimeException gone) {
      LOG.trace("client gone", gone);
    }
  }

  private void drain() {
    limitTo(LINGER_TIME);
    try {
      int left = LINGER_BYTES;
      while (left > 0) {
        left -= context.dataReader().readBuffer().available();
      }
    } catch (RuntimeException gone) {
      LOG.trace("client gone while the rest of its request was read", gone);
    }
  }

  @Override
  public boolean canInterrupt() {
    return inner instanceof InterruptableTask<?> task && task.canInterrupt();
  }

  @Override
  public Void call() {
    throw new UnsupportedOperationException(
        "the server handles connections, it does not call them");
  }

  /// Always zero: the watch of [Connections] decides what is idle, and it knows about streams.
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    inner.close(interrupt);
  }
}
