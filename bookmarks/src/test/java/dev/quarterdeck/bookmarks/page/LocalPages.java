package dev.quarterdeck.bookmarks.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Web pages on a loopback port. The name `page.test` leads to it and is allowed; every other name
/// leads where the test says.
final class LocalPages implements AutoCloseable {
  final AtomicInteger lookups = new AtomicInteger();
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  LocalPages() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI at(String path) {
    return URI.create("http://page.test:" + port() + path);
  }

  /// Answers.
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  LocalPages on(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          try (exchange) {
            answer.to(exchange);
          }
        });
    return this;
  }

  LocalPages html(String path, String html) {
    return on(
        path, exchange -> send(exchange, 200, "text/html", html.getBytes(StandardCharsets.UTF_8)));
  }

  LocalPages redirect(String path, String location) {
    return on(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          send(exchange, 302, "text/plain", new byte[0]);
        });
  }

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      OutputStream out = exchange.getResponseBody();
      out.write(body);
    }
  }

  /// A fetcher whose names lead where the map says.
  PageFetcher fetcher(Map<String, List<String>> names, Duration total) {
    FetchRules rules =
        FetchRules.of(List.of("page.test")).with(Set.of(80, 443, port()), Duration.ZERO, total);
    return new PageFetcher(
        rules,
        host -> {
          lookups.incrementAndGet();
          if (host.equals("page.test")) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
          }
          List<String> addresses = names.getOrDefault(host, List.of());
          if (addresses.isEmpty()) {
            return InetAddress.getAllByName(host);
          }
          InetAddress[] found = new InetAddress[addresses.size()];
          for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses.get(i));
          }
          return found;
        });
  }

  PageFetcher fetcher() {
    return fetcher(Map.of(), Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
