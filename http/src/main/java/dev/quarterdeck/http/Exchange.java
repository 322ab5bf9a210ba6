package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.Problem.Violation;
import dev.quarterdeck.runtime.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One request on its way through the server.
final class Exchange implements Request {
  private final String id;
  private final Route.Method method;
  private final RequestPath path;
  private final RouteTable.Found found;
  private final Map<String, List<String>> query;
  private final RequestHead head;
  private final BodyReader reader;
  private final RequestClock clock;
  private final Admission admission;
  private byte @Nullable [] body;
  private @Nullable Path bodyFile;
  private Optional<Principal> caller = Optional.empty();
  private boolean holdsPlace;

  Exchange(
      String id,
      Route.Method method,
      RequestPath path,
      RouteTable.Found found,
      Map<String, List<String>> query,
      RequestHead head,
      BodyReader reader,
      RequestClock clock,
      Admission admission) {
    this.id = id;
    this.method = method;
    this.path = path;
    this.found = found;
    this.query = query;
    this.head = head;
    this.reader = reader;
    this.clock = clock;
    this.admission = admission;
  }

  Route route() {
    return found.route();
  }

  void identify(Optional<Principal> who) {
    caller = who;
  }

  void enter() throws InterruptedException {
    if (route().admission() == Route.Admission.PLACE) {
      admission.enter(clock.remaining());
      holdsPlace = true;
    }
  }

  void leave() {
    if (holdsPlace) {
      holdsPlace = false;
      admission.leave();
    }
    body = null;
    reader.release();
    Path file = bodyFile;
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Route.Method method() {
    return method;
  }

  @Override
  public String path() {
    return path.text();
  }

  @Override
  public String pathValue(String name) {
    String value = found.values().get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": no name of the route " + route().pattern());
    }
    return value;
  }

  @Override
  public Optional<String> query(String name) {
    return queryAll(name).stream().findFirst();
  }

  @Override
  public List<String> queryAll(String name) {
    return List.copyOf(query.getOrDefault(name, List.of()));
  }

  @Override
  public int queryInt(String name, int fallback, int min, int max) {
    String text = query(name).orElse(null);
    if (text == null) {
      return fallback;
    }
    if (!text.matches("[+-]?[0-9]{1,100}")) {
      throw invalid(name, "Input should be a valid integer", "int_parsing");
    }
    BigInteger value = new BigInteger(text);
    if (value.compareTo(BigInteger.valueOf(min)) < 0) {
      throw invalid(name, "Input should be greater than or equal to " + min, "greater_than_equal");
    }
    if (value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw invalid(name, "Input should be less than or equal to " + max, "less_than_equal");
    }
    return value.intValueExact();
  }

  private static RuntimeException invalid(String name, String message, String type) {
    return new Problem.Invalid(
            "query_invalid",
            name + ": " + message,
            List.of(new Violation(List.of("query", name), message, type)))
        .raise();
  }

  @Override
  public Optional<String> header(String name) {
    return head.header(name);
  }

  @Override
  public Optional<String> cookie(String name) {
    return head.cookie(name);
  }

  @Override
  public byte[] body() {
    byte[] bytes = body;
    if (bytes == null) {
      bytes = reader.read();
      body = bytes;
    }
    return bytes;
  }

  /// Reads the body to where the route wants it, before the request takes a place.
  void receive() {
    Optional<Path> uploads = route().uploads();
    if (uploads.isEmpty()) {
      body();
      return;
    }
    try {
      Path file = Files.createTempFile(uploads.get(), "upload-", "");
      bodyFile = file;
      reader.copyTo(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Path bodyFile() {
    Path file = bodyFile;
    if (file == null) {
      throw new IllegalStateException(route().pattern() + ": a route without uploads");
    }
    return file;
  }

  @Override
  public JsonNode json() {
    String type = head.mediaType();
    boolean isJson =
        type.isEmpty()
            || type.equals("application/json")
            || (type.startsWith("application/") && type.endsWith("+json"));
    JsonNode node = isJson ? Json.parse(body()) : null;
    if (node == null || !node.isObject()) {
      throw new Problem.Invalid(
              "body_invalid",
              "The body must be a JSON object, sent as application/json",
              List.of(
                  new Violation(
                      List.of("body"),
                      "Input should be a JSON object, sent as application/json",
                      "model_attributes_type")))
          .raise();
    }
    return node;
  }

  @Override
  public Map<String, String> form() {
    if (!head.mediaType().equals("application/x-www-form-urlencoded")) {
      throw formInvalid("Input should be a form, sent as application/x-www-form-urlencoded");
    }
    String raw = new String(body(), StandardCharsets.UTF_8);
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      RequestPath.parameters(raw).forEach((name, values) -> fields.put(name, values.getFirst()));
    } catch (ProblemException undecodable) {
      throw formInvalid("Input should be percent-encoded UTF-8");
    }
    return fields;
  }

  private static RuntimeException formInvalid(String message) {
    Violation violation = new Violation(List.of("body"), message, "form_type");
    return new Problem.Invalid("form_invalid", "The body: " + message, List.of(violation)).raise();
  }

  @Override
  public Principal principal() {
    return caller.orElseThrow(
        () -> new IllegalStateException("an open route asked who calls, and nobody is known"));
  }

  @Override
  public Optional<Principal> caller() {
    return caller;
  }

  @Override
  public InetAddress clientAddress() {
    return head.client();
  }

  @Override
  public boolean secure() {
    return head.secure();
  }

  @Override
  public <T> T waiting(Callable<T> work) throws Exception {
    boolean hadPlace = holdsPlace;
    clock.pause();
    if (hadPlace) {
      holdsPlace = false;
      admission.leave();
    }
    try {
      return work.call();
    } finally {
      clock.resume();
      if (hadPlace) {
        admission.reenter(clock.remaining());
        holdsPlace = true;
      }
    }
  }

  @Override
  public void checkpoint() {
    clock.checkpoint();
  }
}
