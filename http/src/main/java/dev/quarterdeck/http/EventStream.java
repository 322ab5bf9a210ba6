package dev.quarterdeck.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream of server-sent events. Nothing is queued: [#send] blocks until the client's socket
/// has taken the event, and the connection is closed when that takes longer than the write timeout.
/// An idle stream gets a comment line at each heartbeat; a stream whose caller has lost the login
/// ends within a second. Safe for all threads.
final class EventStream implements Response.EventSink {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final String FAILED =
      "event: error\ndata: {\"detail\":\"Something went wrong on our side; connect again\"}\n\n";
  private static final String LOGGED_OUT = ": the login has ended\n\n";
  private static final long CHECK_NANOS = 1_000_000_000L;
  private static final Duration RECONNECT = Duration.ofSeconds(1);

  private final OutputStream out;
  private final Connection connection;
  private final Duration writeTimeout;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock state = new ReentrantLock();
  private final Condition ended = state.newCondition();
  private final List<Runnable> actions = new ArrayList<>();
  private volatile boolean closed;
  private volatile boolean stopping;
  private volatile boolean revoked;
  private volatile long lastWrite = System.nanoTime();

  EventStream(OutputStream out, Connection connection, Duration writeTimeout) {
    this.out = out;
    this.connection = connection;
    this.writeTimeout = writeTimeout;
  }

  /// Sends the headers and the first comment, runs the source, and says goodbye.
  void run(Response.Events events, Duration heartbeat) throws IOException {
    write("retry: " + RECONNECT.toMillis() + "\n: connected\n\n");
    Thread.ofVirtual().name("sse-client-watch").start(this::watchClient);
    Thread.ofVirtual()
        .name("sse-heartbeat")
        .start(() -> beat(heartbeat.toNanos(), events.allowed()));
    String goodbye = ": end\n\n";
    try {
      events.source().run(this);
    } catch (IOException gone) {
      close();
      throw gone;
    } catch (InterruptedException cutOff) {
      Thread.currentThread().interrupt();
      goodbye = FAILED;
    } catch (Exception | Error failure) {
      if (!closed) {
        LOG.error("The source of an event stream failed", failure);
      }
      goodbye = FAILED;
    }
    boolean clientThere = !closed || stopping || revoked;
    close();
    if (clientThere) {
      write(stopping ? ": the server restarts, connect again\n\n" : revoked ? LOGGED_OUT : goodbye);
    }
  }

  /// Ends the stream because the server stops.
  void stop() {
    stopping = true;
    close();
  }

  @Override
  public void send(String id, String name, String data) throws IOException {
    if (closed) {
      throw new IOException("the client of this event stream is gone");
    }
    StringBuilder event = new StringBuilder(data.length() + 64);
    field(event, "id", id);
    field(event, "event", name);
    for (String line : data.split("\r\n|\r|\n", -1)) {
      event.append("data: ").append(line).append('\n');
    }
    write(event.append('\n').toString());
  }

  private static void field(StringBuilder event, String name, String value) {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException(name + ": a field of an event must stand on one line");
    }
    if (!value.isEmpty()) {
      event.append(name).append(": ").append(value).append('\n');
    }
  }

  private void write(String text) throws IOException {
    writing.lock();
    try {
      connection.limitTo(writeTimeout);
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      lastWrite = System.nanoTime();
    } catch (UncheckedIOException gone) {
      throw new IOException("the client of this event stream is gone", gone.getCause());
    } catch (IOException gone) {
      throw gone;
    } catch (RuntimeException gone) {
      throw new IOException("the client of this event stream is gone", gone);
    } finally {
      connection.unlimited();
      writing.unlock();
    }
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public void onClose(Runnable action) {
    state.lock();
    try {
      if (!closed) {
        actions.add(action);
        return;
      }
    } finally {
      state.unlock();
    }
    action.run();
  }

  private void close() {
    List<Runnable> due;
    state.lock();
    try {
      closed = true;
      due = List.copyOf(actions);
      actions.clear();
      ended.signalAll();
    } finally {
      state.unlock();
    }
    for (Runnable action : due) {
      try {
        action.run();
      } catch (RuntimeException failed) {
        LOG.warn("an action at the end of an event stream failed", failed);
      }
    }
  }

  private void watchClient() {
    connection.awaitClientGone();
    close();
  }

  private void beat(long interval, BooleanSupplier allowed) {
    while (!closed) {
      if (!allowed.getAsBoolean()) {
        revoked = true;
        close();
        return;
      }
      long wait = lastWrite + interval - System.nanoTime();
      if (wait <= 0) {
        if (!comment()) {
          close();
        }
        wait = interval;
      }
      wait = Math.min(wait, CHECK_NANOS);
      state.lock();
      try {
        if (!closed && ended.awaitNanos(wait) > 0 && !closed) {
          continue;
        }
      } catch (InterruptedException stop) {
        return;
      } finally {
        state.unlock();
      }
    }
  }

  private boolean comment() {
    if (writing.isLocked()) {
      return true;
    }
    try {
      write(": heartbeat\n\n");
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
