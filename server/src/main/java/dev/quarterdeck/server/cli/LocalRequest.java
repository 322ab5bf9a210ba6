package dev.quarterdeck.server.cli;

import dev.quarterdeck.http.Json;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Route;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/// A question of this process to itself, as its own user.
final class LocalRequest implements Request {
  private final Route.Method method;
  private final URI uri;
  private final Map<String, Object> body;
  private final Map<String, List<String>> query = new LinkedHashMap<>();

  LocalRequest(Route.Method method, URI uri, Map<String, Object> body) {
    this.method = method;
    this.uri = uri;
    this.body = body;
    String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query
            .computeIfAbsent(decoded(pair.substring(0, equals)), _ -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1)));
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String id() {
    return "local";
  }

  @Override
  public Route.Method method() {
    return method;
  }

  @Override
  public String path() {
    return uri.getPath();
  }

  @Override
  public String pathValue(String name) {
    throw new IllegalArgumentException(name + ": no name of the route");
  }

  @Override
  public Optional<String> query(String name) {
    return queryAll(name).stream().findFirst();
  }

  @Override
  public List<String> queryAll(String name) {
    return query.getOrDefault(name, List.of());
  }

  @Override
  public int queryInt(String name, int fallback, int min, int max) {
    return query(name).map(text -> Math.clamp(Integer.parseInt(text), min, max)).orElse(fallback);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<String> cookie(String name) {
    return Optional.empty();
  }

  @Override
  public byte[] body() {
    return Json.bytes(body);
  }

  @Override
  public Path bodyFile() {
    throw new UnsupportedOperationException("no question here has a body in a file");
  }

  @Override
  public JsonNode json() {
    return Json.parse(body());
  }

  @Override
  public Map<String, String> form() {
    return Map.of();
  }

  @Override
  public Principal principal() {
    return new Principal("local", "local", false, Set.of("*"), Principal.Via.LOCAL);
  }

  @Override
  public Optional<Principal> caller() {
    return Optional.of(principal());
  }

  @Override
  public InetAddress clientAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public boolean secure() {
    return false;
  }

  @Override
  public <T> T waiting(Callable<T> work) throws Exception {
    return work.call();
  }

  @Override
  public void checkpoint() {}
}
