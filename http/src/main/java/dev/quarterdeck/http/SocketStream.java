package dev.quarterdeck.http;

import dev.quarterdeck.http.SocketFrames.Frame;
import dev.quarterdeck.http.SocketFrames.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A WebSocket on a connection that was an HTTP request before. An idle one gets a ping at each
/// heartbeat; one whose caller has lost the login is closed with 1008.
final class SocketStream implements WebSocket {
  private static final Logger LOG = LoggerFactory.getLogger(SocketStream.class);
  private static final String HANDSHAKE = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MESSAGE_BYTES = 10_000_000;
  private static final int GOING_AWAY = 1001;
  private static final int NOT_ALLOWED = 1008;
  private static final int FAULT = 1011;

  private final Connection connection;
  private final Duration writeTimeout;
  private final SocketFrames frames;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock state = new ReentrantLock();
  private final List<Runnable> actions = new ArrayList<>();
  private volatile boolean closed;

  SocketStream(Connection connection, Duration writeTimeout) {
    this.connection = connection;
    this.writeTimeout = writeTimeout;
    this.frames = new SocketFrames(connection::read, MESSAGE_BYTES);
  }

  /// The value that proves to the client that its handshake was understood.
  static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(sha1.digest((key + HANDSHAKE).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }

  /// Answers the handshake, runs the handler, and says goodbye.
  void run(Response.Socket socket, String requestId, Duration heartbeat) throws IOException {
    write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "X-Request-ID: "
                + requestId
                + "\r\nSec-WebSocket-Accept: "
                + accept(socket.key())
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    Thread beat =
        Thread.ofVirtual()
            .name("websocket-heartbeat")
            .start(() -> beat(heartbeat, socket.allowed()));
    try {
      socket.handler().run(this);
      close(1000, "");
    } catch (InterruptedException cutOff) {
      Thread.currentThread().interrupt();
      close(GOING_AWAY, "the server stops");
    } catch (Exception | Error failure) {
      if (!closed) {
        LOG.error("The handler of a WebSocket failed", failure);
      }
      close(FAULT, "Something went wrong on our side");
    } finally {
      ended();
      beat.interrupt();
    }
  }

  /// Ends it because the server stops.
  void stop() {
    close(GOING_AWAY, "the server restarts, connect again");
  }

  @Override
  public Optional<String> receive() {
    try {
      while (!closed) {
        Frame frame = frames.next();
        switch (frame.type()) {
          case SocketFrames.TEXT -> {
            return Optional.of(SocketFrames.text(frame.bytes()));
          }
          case SocketFrames.BINARY -> throw new Violation(1003, "expected: messages of text");
          case SocketFrames.PING -> write(SocketFrames.frame(SocketFrames.PONG, frame.bytes()));
          case SocketFrames.CLOSE -> close(1000, "");
          default -> LOG.trace("pong");
        }
      }
    } catch (Violation broken) {
      close(broken.code, String.valueOf(broken.getMessage()));
    } catch (IOException | RuntimeException gone) {
      LOG.trace("the client of a WebSocket is gone", gone);
    }
    ended();
    return Optional.empty();
  }

  @Override
  public void send(String text) throws IOException {
    if (closed) {
      throw new IOException("the WebSocket is closed");
    }
    write(SocketFrames.frame(SocketFrames.TEXT, text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close(int code, String reason) {
    state.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      state.unlock();
    }
    try {
      write(SocketFrames.close(code, reason));
    } catch (IOException gone) {
      LOG.trace("the client of a WebSocket is gone", gone);
    }
    ended();
    // Whoever receives waits for a client that has nothing more to say.
    connection.limitTo(Duration.ofSeconds(1));
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

  private void ended() {
    List<Runnable> due;
    state.lock();
    try {
      closed = true;
      due = List.copyOf(actions);
      actions.clear();
    } finally {
      state.unlock();
    }
    for (Runnable action : due) {
      try {
        action.run();
      } catch (RuntimeException failed) {
        LOG.warn("an action at the end of a WebSocket failed", failed);
      }
    }
  }

  private void write(byte[] bytes) throws IOException {
    writing.lock();
    try {
      connection.limitTo(writeTimeout);
      connection.write(bytes);
    } catch (RuntimeException gone) {
      throw new IOException("the client of the WebSocket is gone", gone);
    } finally {
      if (closed) {
        connection.limitTo(Duration.ofSeconds(1));
      } else {
        connection.unlimited();
      }
      writing.unlock();
    }
  }

  private void beat(Duration heartbeat, BooleanSupplier allowed) {
    try {
      long next = System.nanoTime() + heartbeat.toNanos();
      while (!closed) {
        Thread.sleep(
            Duration.ofSeconds(1).compareTo(heartbeat) < 0 ? Duration.ofSeconds(1) : heartbeat);
        if (!allowed.getAsBoolean()) {
          close(NOT_ALLOWED, "the login has ended");
        } else if (System.nanoTime() >= next && !writing.isLocked()) {
          write(SocketFrames.frame(SocketFrames.PING, new byte[0]));
          next = System.nanoTime() + heartbeat.toNanos();
        }
      }
    } catch (InterruptedException over) {
      LOG.trace("the WebSocket is over", over);
    } catch (IOException gone) {
      ended();
    }
  }
}
