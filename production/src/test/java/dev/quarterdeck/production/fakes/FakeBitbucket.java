package dev.quarterdeck.production.fakes;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/// What both dialects share: one repository, one token, and a memory of what was asked wrongly.
/// Closing it throws when a client asked for anything that is not documented.
public abstract sealed class FakeBitbucket implements AutoCloseable
    permits FakeCloud, FakeDataCenter {
  /// The only token that is let in.
  public static final String TOKEN = "fake-token-0123456789";

  final FakeRepository repository;
  private final LoopbackServer server;
  private final List<String> violations = new CopyOnWriteArrayList<>();

  FakeBitbucket(FakeRepository repository) {
    this.repository = repository;
    this.server = LoopbackServer.start(this::handle);
  }

  /// The API's root, as BITBUCKET_BASE_URL names it.
  public abstract URI baseUrl();

  abstract Reply route(Request request) throws IOException;

  abstract Reply error(int status, String message);

  /// The server: latency, faults and counters.
  public LoopbackServer server() {
    return server;
  }

  public Counters counters() {
    return server.counters();
  }

  /// What was asked that is not documented.
  public List<String> violations() {
    return List.copyOf(violations);
  }

  private Reply handle(Request request) {
    if (!authorized(request)) {
      return error(401, "Token is invalid, expired, or not supported for this endpoint.");
    }
    try {
      return route(request);
    } catch (Undocumented e) {
      violations.add(request.method() + " " + request.target() + ": " + e.getMessage());
      return error(400, "not documented: " + e.getMessage());
    } catch (Refused e) {
      return error(e.status, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      violations.add(request.method() + " " + request.target() + ": " + e);
      return error(500, String.valueOf(e));
    }
  }

  private static boolean authorized(Request request) {
    String header = request.header("authorization").orElse("");
    return header.equals("Bearer " + TOKEN)
        || header.equals("Basic " + base64("user@example.org:" + TOKEN));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static void documented(Request request, Set<String> parameters) {
    Set<String> others = new TreeSet<>(request.parameters().keySet());
    others.removeAll(parameters);
    if (!others.isEmpty()) {
      throw new Undocumented("parameters " + others);
    }
  }

  static int number(Request request, String name, int otherwise) {
    try {
      return request.parameter(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw new Undocumented(name + " is no number");
    }
  }

  static boolean flag(Request request, String name, boolean otherwise) {
    return request
        .parameter(name)
        .map(
            text -> {
              if (!text.equals("true") && !text.equals("false")) {
                throw new Undocumented(name + " is neither true nor false");
              }
              return text.equals("true");
            })
        .orElse(otherwise);
  }

  @Override
  public void close() {
    server.close();
    repository.close();
    if (!violations.isEmpty()) {
      throw new AssertionError(
          "asked for what is not documented:\n" + String.join("\n", violations));
    }
  }

  /// The documentation knows no such thing.
  static final class Undocumented extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undocumented(String what) {
      super(what);
    }
  }

  /// A documented refusal.
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }
  }
}
