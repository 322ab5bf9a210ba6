package dev.quarterdeck.server.blackbox;

import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A stream of server-sent events as a client reads it. Of one thread.
final class EventStream implements AutoCloseable {
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.executions();

  private final int status;
  private final BufferedReader lines;

  EventStream(HttpResponse<InputStream> response) {
    this.status = response.statusCode();
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /// One event.
  ///
  /// @param nanos when this client had it, by `System.nanoTime`
  record Event(String id, String name, JsonNode data, long nanos) {
    String type() {
      return data.path("event_type").asString("");
    }

    boolean isOutput() {
      return type().equals("output");
    }

    /// The bytes that an output event carries.
    byte[] bytes() {
      return data.has("data")
          ? data.path("data").asString().getBytes(StandardCharsets.UTF_8)
          : Base64.getDecoder().decode(data.path("data_base64").asString());
    }
  }

  /// Status of the answer.
  int status() {
    return status;
  }

  /// The next event; empty when the server has ended the stream.
  Optional<Event> next() {
    try {
      String id = "";
      String name = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        } else if (line.isEmpty() && !data.isEmpty()) {
          return Optional.of(event(id, name, data.toString()));
        }
      }
      return Optional.empty();
    } catch (IOException broken) {
      throw new UncheckedIOException("the stream broke off", broken);
    }
  }

  private static Event event(String id, String name, String data) {
    if (name.isEmpty()) {
      List<String> differences = DOCUMENT.schemaDifferences("SSEExecutionEventSchema", data);
      if (!differences.isEmpty()) {
        throw new AssertionError(differences + " in " + data);
      }
    }
    return new Event(id, name, JsonMapper.shared().readTree(data), System.nanoTime());
  }

  /// Reads on until an event of this type, which is the last one of the answer.
  List<Event> until(String type) {
    List<Event> read = new ArrayList<>();
    while (read.isEmpty() || !read.getLast().type().equals(type)) {
      read.add(
          next().orElseThrow(() -> new AssertionError("expected: " + type + ", after " + read)));
    }
    return read;
  }

  /// Reads on until the server ends the stream.
  List<Event> rest() {
    List<Event> read = new ArrayList<>();
    for (Optional<Event> next = next(); next.isPresent(); next = next()) {
      read.add(next.get());
    }
    return read;
  }

  /// What a program wrote to `stdout` or `stderr`, as the events carry it.
  static byte[] output(List<Event> events, String stream) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Event event : events) {
      if (event.isOutput() && event.data().path("stream").asString().equals(stream)) {
        all.writeBytes(event.bytes());
      }
    }
    return all.toByteArray();
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
