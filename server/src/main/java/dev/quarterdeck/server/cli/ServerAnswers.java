package dev.quarterdeck.server.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers of the server at SELF_BASE_URL. Redirects are not followed: the token is for that
/// address.
final class ServerAnswers implements ProductionAnswers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private final String base;
  private final Optional<String> token;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private ServerAnswers(String base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  /// @param token the API or login token to show, null or blank for none
  static ServerAnswers at(URI address, @Nullable String token) {
    boolean http =
        "http".equalsIgnoreCase(address.getScheme())
            || "https".equalsIgnoreCase(address.getScheme());
    if (!http || address.getHost() == null || address.getRawUserInfo() != null) {
      throw new StartRefused(
          ExitCode.CONFIG,
          "SELF_BASE_URL: it cannot be used (expected: http://HOST:PORT, without user or"
              + " password)");
    }
    Optional<String> shown =
        Optional.ofNullable(token).map(String::strip).filter(t -> !t.isEmpty());
    if (shown.isPresent() && !shown.get().chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new StartRefused(
          ExitCode.USAGE, RunningServer.TOKEN + ": not a token (it is not shown); log in anew");
    }
    return new ServerAnswers(address.toString().replaceAll("/+$", ""), shown);
  }

  @Override
  public String name() {
    return base;
  }

  @Override
  public JsonNode ask(String path, @Nullable Map<String, Object> body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LONGEST)
            .header("Accept", "application/json");
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    if (body != null) {
      request
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(body)));
    }
    HttpResponse<byte[]> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException failure) {
      String why = failure.getMessage() == null ? "no connection" : failure.getMessage();
      throw new StartRefused(
          ExitCode.UNAVAILABLE,
          "SELF_BASE_URL: %s does not answer: %s (is the server running, and is this its address? --git PATH works without one)"
              .formatted(base, why));
    }
    return answer(answer);
  }

  private JsonNode answer(HttpResponse<byte[]> answer) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(answer.body());
    } catch (JacksonException noJson) {
      throw refused(
          "SELF_BASE_URL: %s answered with status %d and no JSON (expected: a Quarterdeck server)",
          answer);
    }
    int status = answer.statusCode();
    if (status == 200 && json.isObject()) {
      return json;
    }
    if (status == 401) {
      throw new StartRefused(
          ExitCode.UNAVAILABLE,
          "%s: the server does not know you; put a token of yours into %s"
              .formatted(base, RunningServer.TOKEN));
    }
    if (status == 200) {
      throw refused(
          "SELF_BASE_URL: %s answered with status %d and no object (expected: a Quarterdeck"
              + " server)",
          answer);
    }
    throw new StartRefused(
        status < 500 && status != 403 && status != 429 ? ExitCode.USAGE : ExitCode.UNAVAILABLE,
        reason(json).orElse("%s answered with status %d".formatted(base, status)));
  }

  private StartRefused refused(String format, HttpResponse<byte[]> answer) {
    return new StartRefused(ExitCode.UNAVAILABLE, format.formatted(base, answer.statusCode()));
  }

  /// What either error family says.
  private static Optional<String> reason(JsonNode json) {
    JsonNode detail = json.path("detail");
    String text =
        detail.isArray()
            ? detail.path(0).path("loc").path(1).asString("")
                + ": "
                + detail.path(0).path("msg").asString("")
            : detail.asString(json.path("error").asString(""));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
