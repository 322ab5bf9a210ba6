package dev.quarterdeck.accounts.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.testing.openapi.OpenApiDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser's view of the API: keeps cookies and sends the CSRF token with each write; or, with
/// [#bearer], a command line's.
final class Client {
  private static final String BASE = "/api/v1";
  private static final OpenApiDocument API = OpenApiDocument.executions();
  private static final Pattern OURS = Pattern.compile("/auth/tokens|/auth/change-password|/test/");

  final Map<String, String> cookies = new LinkedHashMap<>();
  final Map<String, String> headers = new LinkedHashMap<>();
  private final HttpClient http;
  private final Function<String, URI> address;
  private boolean csrf = true;

  Client(HttpClient http, Function<String, URI> address) {
    this.http = http;
    this.address = address;
  }

  /// The same server, without cookies, with a token.
  Client bearer(String token) {
    return authorization("Bearer " + token);
  }

  /// The same server, without cookies, with this header.
  Client authorization(String value) {
    Client client = new Client(http, address);
    client.headers.put("Authorization", value);
    return client;
  }

  /// From another address, as a trusted proxy tells it.
  Client from(String ip) {
    headers.put("X-Forwarded-For", ip);
    return this;
  }

  /// Sends no CSRF header by itself.
  Client withoutCsrf() {
    csrf = false;
    return this;
  }

  /// A cookie's value, empty when there is none.
  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  Reply get(String path) {
    return send("GET", path, "", "");
  }

  Reply delete(String path) {
    return send("DELETE", path, "", "");
  }

  Reply post(String path, String json) {
    return send("POST", path, "application/json", json);
  }

  Reply put(String path, String json) {
    return send("PUT", path, "application/json", json);
  }

  Reply form(String path, Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send("POST", path, "application/x-www-form-urlencoded", form);
  }

  Reply login(String username, String password) {
    return form("/auth/login", Map.of("username", username, "password", password));
  }

  Reply register(String username, String email, String password) {
    return post(
        "/auth/register",
        """
        {"username": "%s", "email": "%s", "password": "%s"}
        """
            .formatted(username, email, password));
  }

  private Reply send(String method, String path, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.apply(BASE + path))
            .timeout(TestApp.PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (csrf && !method.equals("GET") && cookies.containsKey("csrf_token")) {
      request.header("X-CSRF-Token", cookies.get("csrf_token"));
    }
    try {
      Reply reply = Reply.of(http.send(request.build(), BodyHandlers.ofString()));
      assertAsDocumented(method, BASE + path, reply);
      reply.setCookies().forEach(this::keep);
      return reply;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for an answer", interrupted);
    }
  }

  /// Compares every answer with the OpenAPI document; of routes of our own, the errors.
  private static void assertAsDocumented(String method, String path, Reply reply) {
    if (!OURS.matcher(path).find()) {
      API.assertMatches(method, path, reply.status(), reply.body());
    } else if (reply.status() >= 400) {
      String error = reply.status() == 422 ? "HTTPValidationError" : "ErrorResponse";
      assertThat(API.schemaDifferences(error, reply.body())).as(path).isEmpty();
    }
  }

  private void keep(String setCookie) {
    String pair = setCookie.substring(0, setCookie.indexOf(';'));
    int equals = pair.indexOf('=');
    String name = pair.substring(0, equals);
    if (equals + 1 == pair.length()) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(equals + 1));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
