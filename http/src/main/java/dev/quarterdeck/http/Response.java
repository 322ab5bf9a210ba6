package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// What a handler answers. Immutable.
///
/// @param headers further headers; `Set-Cookie` goes into [#cookies]
/// @param cookies whole values of `Set-Cookie` headers
public record Response(int status, Map<String, String> headers, List<String> cookies, Body body) {
  public Response {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  /// Any value that the JSON mapper writes: records with snake-case names, maps, lists.
  public static Response json(Object value) {
    return json(200, value);
  }

  public static Response json(int status, Object value) {
    return new Response(status, Map.of(), List.of(), new Json(value));
  }

  public static Response text(String contentType, String text) {
    return bytes(contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Response bytes(String contentType, byte[] bytes) {
    return new Response(200, Map.of(), List.of(), new Bytes(contentType, bytes));
  }

  /// The content of a file, as it is when the answer is sent; it may be larger than memory.
  ///
  /// @param file nobody may change it meanwhile; it may be deleted once it is being read
  public static Response file(String contentType, Path file) {
    return new Response(200, Map.of(), List.of(), new FileContent(contentType, file));
  }

  public static Response html(String html) {
    return text("text/html; charset=utf-8", html);
  }

  public static Response noContent() {
    return new Response(204, Map.of(), List.of(), new Empty());
  }

  public static Response redirect(String location) {
    return new Response(303, Map.of("Location", location), List.of(), new Empty());
  }

  /// A stream of server-sent events. The server sends the heartbeats.
  public static Response events(EventSource source) {
    return new Response(200, Map.of(), List.of(), new Events(source, () -> true));
  }

  /// Turns the request into a WebSocket.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when it is no handshake of one, 403 when
  ///   another site's page sent it
  public static Response webSocket(Request request, WebSocket.Handler handler) {
    String key = request.header("Sec-WebSocket-Key").orElse("");
    boolean handshake =
        request.header("Upgrade").map(value -> value.equalsIgnoreCase("websocket")).orElse(false)
            && request.header("Sec-WebSocket-Version").orElse("").equals("13")
            && key.matches("[A-Za-z0-9+/]{22}==");
    if (!handshake) {
      throw new Problem.BadRequest(
              "websocket_expected",
              "this address speaks WebSocket only (expected: a handshake of version 13)")
          .raise();
    }
    String host = request.header("Host").orElse("");
    String origin = request.header("Origin").orElse("");
    if (!origin.isEmpty()
        && !origin.equals("http://" + host)
        && !origin.equals("https://" + host)) {
      throw new Problem.Forbidden(
              "websocket_origin", "Origin: another site's page (expected: this server's own)")
          .raise();
    }
    return new Response(101, Map.of(), List.of(), new Socket(handler, key, () -> true));
  }

  public Response header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, cookies, body);
  }

  public Response cookie(String setCookie) {
    List<String> more = new ArrayList<>(cookies);
    more.add(setCookie);
    return new Response(status, headers, more, body);
  }

  public Response status(int value) {
    return new Response(value, headers, cookies, body);
  }

  /// The kinds of bodies.
  public sealed interface Body {}

  public record Json(Object value) implements Body {}

  public record Bytes(String contentType, byte[] bytes) implements Body {}

  public record FileContent(String contentType, Path file) implements Body {}

  public record Empty() implements Body {}

  /// A stream of events.
  ///
  /// @param allowed whether the caller may still have it; asked each second
  public record Events(EventSource source, BooleanSupplier allowed) implements Body {}

  /// A WebSocket.
  ///
  /// @param key of the client's handshake
  /// @param allowed whether the caller may still have it; asked each second
  public record Socket(WebSocket.Handler handler, String key, BooleanSupplier allowed)
      implements Body {}

  /// Produces server-sent events until it returns. Runs on the request's own virtual thread.
  @FunctionalInterface
  public interface EventSource {
    void run(EventSink sink) throws Exception;
  }

  /// Takes server-sent events.
  public interface EventSink {
    /// Sends one event and flushes it.
    ///
    /// @param id the `id:` field, empty for none
    /// @param name the `event:` field, empty for none (a `message`)
    /// @throws java.io.IOException the client is gone
    void send(String id, String name, String data) throws java.io.IOException;

    /// Whether the client has gone or the server is stopping; a source checks it while it waits.
    boolean closed();

    /// Called once when the client goes or the server stops, from another thread.
    void onClose(Runnable action);
  }
}
