package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.settings.units.Cidr;
import dev.quarterdeck.settings.units.RateLimit;
import dev.quarterdeck.settings.units.RateLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on a free port of loopback and a client for it. The token `alice` is a user, `root` an
/// administrator, any other is wrong.
final class TestServer implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpServer server;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private TestServer(HttpServer server) {
    this.server = server;
  }

  static TestServer of(Route... routes) {
    return builder().routes(routes).start();
  }

  static Builder builder() {
    return new Builder();
  }

  int port() {
    return server.port();
  }

  boolean stop(Duration within) {
    try {
      return server.stop(within);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted while the server stopped", interrupted);
    }
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
  }

  HttpResponse<String> get(String path, String... headers) throws IOException {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted while waiting for an answer", interrupted);
    }
  }

  CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  int status(String path) {
    return sendAsync(request(path)).join().statusCode();
  }

  HttpServer server() {
    return server;
  }

  HttpResponse<String> postJson(String path, String json) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  RawClient raw() throws IOException {
    return new RawClient(server.port());
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  static Route open(Route.Method method, String pattern, Route.Handler handler) {
    return Route.of(method, pattern, "for a test", handler).access(Route.Access.OPEN);
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
  }

  private static Optional<Principal> authenticate(Request request) {
    String header = request.header("Authorization").orElse("");
    return switch (header) {
      case "" -> Optional.empty();
      case "Bearer alice" ->
          Optional.of(new Principal("u1", "alice", false, Set.of("*"), Principal.Via.BEARER));
      case "Bearer root" ->
          Optional.of(new Principal("u2", "root", true, Set.of("*"), Principal.Via.BEARER));
      default -> throw new Problem.Unauthenticated("token_invalid", "Invalid token").raise();
    };
  }

  static final class Builder {
    private final List<Route> routes = new ArrayList<>();
    private WebSettings web = new WebSettings(4, 4, Duration.ofSeconds(60), 64);
    private RateLimits limits =
        new RateLimits(List.of(new RateLimit(100, Duration.ofMinutes(1))), "100/minute");
    private boolean limited;
    private int port;
    private List<String> origins = List.of();
    private List<Cidr> proxies = List.of();
    private HttpOptions options = HttpOptions.defaults();
    private Authenticator authenticator = TestServer::authenticate;

    Builder routes(Route... more) {
      routes.addAll(Arrays.asList(more));
      return this;
    }

    Builder web(int concurrency, int threads, Duration timeout, int backlog) {
      web = new WebSettings(concurrency, threads, timeout, backlog);
      return this;
    }

    Builder limits(RateLimit... all) {
      limits = new RateLimits(List.of(all), "as given");
      limited = true;
      return this;
    }

    Builder port(int value) {
      port = value;
      return this;
    }

    Builder limitsOff() {
      limited = false;
      return this;
    }

    Builder authenticator(Authenticator value) {
      authenticator = value;
      return this;
    }

    Builder origins(String... all) {
      origins = List.of(all);
      return this;
    }

    Builder proxies(Cidr... all) {
      proxies = List.of(all);
      return this;
    }

    Builder options(UnaryOperator<HttpOptions> change) {
      options = change.apply(options);
      return this;
    }

    TestServer start() {
      return new TestServer(
          HttpServer.start(
              routes,
              web,
              new ServerSettings("localhost", port),
              new ProtectionSettings(limits, limited, origins, proxies, false),
              authenticator,
              options));
    }
  }
}
