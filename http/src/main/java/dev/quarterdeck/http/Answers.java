package dev.quarterdeck.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes answers and event streams to their connections, and a line of each to the access log.
final class Answers {
  private static final Logger ACCESS = LoggerFactory.getLogger("dev.quarterdeck.http.access");
  private static final int SMALL_REST = 65_536;
  private static final int SLOWEST_BYTES_PER_SECOND = 16_384;

  private final HttpOptions options;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final Set<SocketStream> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  Answers(HttpOptions options) {
    this.options = options;
  }

  /// One request that waits for its answer.
  ///
  /// @param start nanoseconds of [System#nanoTime]
  record Sending(
      ServerRequest request, ServerResponse response, RequestHead head, String id, long start) {
    String method() {
      return request.prologue().method().text();
    }
  }

  /// Closes the streams, and every connection after its next answer.
  void stop() {
    stopping = true;
    streams.forEach(EventStream::stop);
    sockets.forEach(SocketStream::stop);
  }

  /// What is left of a request's body when its answer is sent.
  enum Rest {
    /// Nothing: the next request follows.
    NONE,
    /// Some; nobody reads it.
    UNREAD,
    /// Some; the work, whose time is over, still reads it.
    IN_USE
  }

  /// Sends the answer.
  void send(Sending to, Response answer, Rest rest) throws IOException {
    boolean abandon = rest == Rest.IN_USE || (rest == Rest.UNREAD && !smallRest(to.head));
    boolean close = stopping || abandon || to.head.wantsClose();
    Connection connection = Scopes.connection();
    if (answer.body() instanceof Response.Socket socket) {
      socket(to, connection, socket);
    }
    headers(to, answer, close);
    if (abandon && rest == Rest.UNREAD) {
      connection.lingerBeforeClose();
    }
    long length = 0;
    try {
      switch (answer.body()) {
        case Response.Empty empty -> bytes(to, connection, new byte[0]);
        case Response.Bytes bytes -> length = bytes(to, connection, bytes.bytes());
        case Response.Json json -> length = bytes(to, connection, Json.bytes(json.value()));
        case Response.FileContent file -> length = file(to, connection, file.file());
        case Response.Events events -> stream(to, connection, events);
        case Response.Socket done -> {}
      }
    } finally {
      log(to, answer, length);
    }
    if (close || answer.body() instanceof Response.Events) {
      throw new CloseConnectionException("the connection ends with this answer");
    }
    connection.limitTo(options.idleTimeout());
  }

  /// The connection is the WebSocket's from here on, so nothing more is answered on it.
  private void socket(Sending to, Connection connection, Response.Socket socket) {
    SocketStream stream = new SocketStream(connection, options.writeTimeout());
    sockets.add(stream);
    try {
      if (stopping) {
        throw new CloseConnectionException("the server is stopping");
      }
      stream.run(socket, to.id, options.heartbeat());
    } catch (IOException gone) {
      throw new CloseConnectionException("the client of a WebSocket is gone", gone);
    } finally {
      sockets.remove(stream);
      log(to, Response.noContent().status(101), 0);
    }
    throw new CloseConnectionException("the WebSocket is closed");
  }

  private static boolean smallRest(RequestHead head) {
    return head.contentLength() >= 0
        && head.contentLength() <= SMALL_REST
        && !head.expectsContinue();
  }

  private static void headers(Sending to, Response answer, boolean close) {
    ServerResponse response = to.response;
    response.status(Status.create(answer.status()));
    response.header(HeaderNames.create("X-Request-ID"), to.id);
    SecurityHeaders.of(answer)
        .forEach((name, value) -> response.header(HeaderNames.create(name), value));
    switch (answer.body()) {
      case Response.Empty empty -> {}
      case Response.Bytes bytes -> response.header(HeaderNames.CONTENT_TYPE, bytes.contentType());
      case Response.Json json -> response.header(HeaderNames.CONTENT_TYPE, "application/json");
      case Response.FileContent file ->
          response.header(HeaderNames.CONTENT_TYPE, file.contentType());
      case Response.Socket socket -> {}
      case Response.Events events -> {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.header(HeaderNames.create("X-Accel-Buffering"), "no");
      }
    }
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    for (String cookie : answer.cookies()) {
      response.headers().add(HeaderValues.create(HeaderNames.SET_COOKIE, cookie));
    }
    if (close || answer.body() instanceof Response.Events) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
  }

  private long bytes(Sending to, Connection connection, byte[] bytes) {
    connection.limitTo(
        options.writeTimeout().plus(Duration.ofSeconds(bytes.length / SLOWEST_BYTES_PER_SECOND)));
    if (to.method().equals("HEAD")) {
      to.response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length));
      to.response.send();
    } else if (bytes.length == 0) {
      to.response.send();
    } else {
      to.response.send(bytes);
    }
    connection.unlimited();
    return bytes.length;
  }

  /// Sends a file. What breaks after its first byte can only cut the answer short.
  private long file(Sending to, Connection connection, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      to.response.header(HeaderNames.CONTENT_LENGTH, Long.toString(size));
      if (to.method().equals("HEAD")) {
        to.response.send();
        return 0;
      }
      byte[] buffer = new byte[65_536];
      long sent = 0;
      try (OutputStream out = to.response.outputStream()) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          connection.limitTo(options.writeTimeout());
          out.write(buffer, 0, read);
          sent += read;
        }
      }
      if (to.response instanceof RoutingResponse complete) {
        complete.commit();
      }
      connection.unlimited();
      return sent;
    }
  }

  private void stream(Sending to, Connection connection, Response.Events events)
      throws IOException {
    if (to.method().equals("HEAD")) {
      to.response.send();
      return;
    }
    try (OutputStream out = to.response.outputStream()) {
      EventStream stream = new EventStream(out, connection, options.writeTimeout());
      streams.add(stream);
      if (stopping) {
        stream.stop();
      }
      try {
        stream.run(events, options.heartbeat());
      } finally {
        streams.remove(stream);
      }
      if (to.response instanceof RoutingResponse complete) {
        complete.commit();
      }
    } catch (IOException gone) {
      throw new CloseConnectionException("the client of an event stream is gone", gone);
    }
    if (to.response instanceof RoutingResponse routing) {
      routing.commit();
    }
  }

  private static void log(Sending to, Response answer, long length) {
    String path = to.request.prologue().uriPath().rawPath();
    ACCESS
        .atLevel(path.startsWith("/api/v1/health/") ? Level.DEBUG : Level.INFO)
        .log(
            "{} {} {} {} bytes {} ms {}",
            to.method(),
            path,
            answer.status(),
            length,
            (System.nanoTime() - to.start) / 1_000_000,
            to.head.client().getHostAddress());
  }
}
