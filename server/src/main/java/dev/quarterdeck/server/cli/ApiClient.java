package dev.quarterdeck.server.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks to the server at SELF_BASE_URL as its user. Redirects are not followed: the token is for
/// that address. Whatever goes wrong is a [StartRefused] with the reason.
final class ApiClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String base;
  private final Optional<String> token;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private final String advice;

  private ApiClient(String base, Optional<String> token, String advice) {
    this.base = base;
    this.token = token;
    this.advice = advice;
  }

  /// @param token the API or login token to show, null or blank for none
  static ApiClient at(URI address, @Nullable String token) {
    String scheme = String.valueOf(address.getScheme());
    boolean http = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    if (!http || address.getHost() == null || address.getRawUserInfo() != null) {
      throw new StartRefused(
          ExitCode.CONFIG,
          "SELF_BASE_URL: it cannot be used (expected: http://HOST:PORT, without user or"
              + " password)");
    }
    Optional<String> shown =
        Optional.ofNullable(token).map(String::strip).filter(text -> !text.isEmpty());
    if (shown.isPresent() && !shown.get().chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new StartRefused(
          ExitCode.USAGE, RunningServer.TOKEN + ": not a token (it is not shown); log in anew");
    }
    return new ApiClient(address.toString().replaceAll("/+$", ""), shown, "");
  }

  /// The same, with a sentence more for those whose server does not answer.
  ApiClient advising(String sentence) {
    return new ApiClient(base, token, " " + sentence);
  }

  /// The address of the server, without a slash at the end.
  String address() {
    return base;
  }

  /// A value in a query.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  JsonNode get(String path) throws InterruptedException {
    return json(send("GET", path, BodyPublishers.noBody(), "", BodyHandlers.ofByteArray()));
  }

  JsonNode post(String path, Map<String, Object> body) throws InterruptedException {
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
    return json(
        send(
            "POST",
            path,
            BodyPublishers.ofByteArray(bytes),
            "application/json",
            BodyHandlers.ofByteArray()));
  }

  /// Sends a file as it is.
  JsonNode upload(String path, Path file) throws InterruptedException {
    BodyPublisher body;
    try {
      if (Files.isDirectory(file)) {
        throw new StartRefused(ExitCode.NO_INPUT, file + ": is a directory (expected: a file)");
      }
      body = BodyPublishers.ofFile(file);
    } catch (FileNotFoundException absent) {
      throw new StartRefused(
          ExitCode.NO_INPUT, file + ": cannot be read (expected: a file that is there)");
    }
    return json(send("POST", path, body, "application/octet-stream", BodyHandlers.ofByteArray()));
  }

  /// Fetches a file into one that must not exist.
  ///
  /// @throws IOException it cannot be written
  void download(String path, Path target) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        send("GET", path, BodyPublishers.noBody(), "", BodyHandlers.ofInputStream());
    try (InputStream content = answer.body()) {
      if (answer.statusCode() != 200) {
        throw refused("%s answered with status %d", answer.statusCode());
      }
      Files.copy(content, target);
    }
  }

  /// Asks for a job until it has ended.
  JsonNode follow(String path, JsonNode started) throws InterruptedException {
    return leave("queued|running", path + "/" + started.path("id").asString(), started);
  }

  /// Asks again until the state is none of these.
  JsonNode leave(String states, String path, JsonNode first) throws InterruptedException {
    JsonNode last = first;
    while (last.path("state").asString("").matches(states)) {
      Thread.sleep(POLL.plusMillis(ThreadLocalRandom.current().nextLong(50)));
      last = get(path);
    }
    return last;
  }

  private <T> HttpResponse<T> send(
      String method, String path, BodyPublisher body, String type, BodyHandler<T> handler)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LONGEST)
            .header("Accept", "*/*;q=0.5, application/json")
            .method(method, body);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      return client.send(request.build(), handler);
    } catch (IOException failure) {
      String why = failure.getMessage() == null ? "no connection" : failure.getMessage();
      throw new StartRefused(
          ExitCode.UNAVAILABLE,
          "SELF_BASE_URL: %s does not answer: %s (is the server running, and is this its address?%s)"
              .formatted(base, why, advice));
    }
  }

  private JsonNode json(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status == 401) {
      throw new StartRefused(
          ExitCode.UNAVAILABLE,
          "%s: the server does not know you; put a token of yours into %s"
              .formatted(base, RunningServer.TOKEN));
    }
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(answer.body());
    } catch (JacksonException noJson) {
      throw refused(
          "SELF_BASE_URL: %s answered with status %d and no JSON (expected: a Quarterdeck server)",
          status);
    }
    if (status >= 200 && status < 300) {
      if (json.isObject()) {
        return json;
      }
      throw refused(
          "SELF_BASE_URL: %s answered with status %d and no object (expected: a Quarterdeck"
              + " server)",
          status);
    }
    throw new StartRefused(
        status < 500 && status != 403 && status != 429 ? ExitCode.USAGE : ExitCode.UNAVAILABLE,
        reason(json).orElse("%s answered with status %d".formatted(base, status)));
  }

  private StartRefused refused(String format, int status) {
    return new StartRefused(ExitCode.UNAVAILABLE, format.formatted(base, status));
  }

  /// What the error families say.
  private static Optional<String> reason(JsonNode json) {
    JsonNode detail = json.path("detail");
    if (detail.isArray() && !detail.isEmpty()) {
      JsonNode place = detail.get(0).path("loc");
      String name = place.isEmpty() ? "" : place.get(place.size() - 1).asString("") + ": ";
      return Optional.of(name + detail.get(0).path("msg").asString(""));
    }
    return Optional.of(detail.asString(json.path("error").asString("")))
        .filter(text -> !text.isEmpty());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
