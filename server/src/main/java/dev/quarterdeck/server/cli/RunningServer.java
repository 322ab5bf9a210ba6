package dev.quarterdeck.server.cli;

import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server of ours that runs somewhere, asked for its settings over HTTP. Redirects are not
/// followed: the token is for the address that the user wrote.
///
/// @param name its address as messages show it, without user and password
/// @param url where it tells its settings
/// @param token the API or login token to show it, null for none
record RunningServer(String name, URI url, @Nullable String token) {
  /// The variable that holds the token: on the command line, others could read it.
  static final String TOKEN = "QUARTERDECK_TOKEN";

  private static final String PATH = "/api/config";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LARGEST = 4 << 20;

  /// Settings of the answer that stand in it twice, under names of the documented API.
  private static final Set<String> ALIASES = Set.of("workspace", "repo", "base_url");

  /// A server at an address; its path, when it has one, is where Quarterdeck's API begins.
  static RunningServer at(String address, @Nullable String token) {
    try {
      URI uri = new URI(address);
      if (uri.getHost() == null) {
        throw refused(ExitCode.USAGE, "URL", "no host", "expected: http://HOST:PORT");
      }
      if (uri.getRawUserInfo() != null) {
        throw refused(
            ExitCode.USAGE,
            "http://…@" + uri.getHost(),
            "a user name in a URL",
            "leave it out, and put a token into " + TOKEN);
      }
      String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
      String base = uri.getScheme() + "://" + uri.getRawAuthority() + path;
      URI settings = URI.create(path.endsWith(PATH) ? base : base + PATH);
      return new RunningServer(base, settings, token == null || token.isBlank() ? null : token);
    } catch (URISyntaxException e) {
      throw refused(ExitCode.USAGE, "URL", e.getReason(), "expected: http://HOST:PORT");
    }
  }

  /// Its settings by environment name.
  ///
  /// @throws StartRefused it does not answer, does not know the caller, or is something else
  Map<String, @Nullable Object> settings() throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).timeout(PATIENCE).header("Accept", "application/json");
    if (token != null) {
      if (!token.strip().chars().allMatch(c -> c > ' ' && c < 127)) {
        throw refused(ExitCode.USAGE, TOKEN, "not a token (it is not shown)", "log in anew");
      }
      request.header("Authorization", "Bearer " + token.strip());
    }
    HttpResponse<String> answer = send(request.build());
    return switch (answer.statusCode()) {
      case 200 -> members(answer.body());
      case 401, 403 ->
          throw refused(
              ExitCode.UNAVAILABLE,
              url.toString(),
              "status %d, the server does not know you".formatted(answer.statusCode()),
              "put a token of yours into " + TOKEN);
      default ->
          throw refused(
              ExitCode.UNAVAILABLE,
              url.toString(),
              "status " + answer.statusCode(),
              "expected: 200; is this the address of a Quarterdeck server?");
    };
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      try {
        return client
            .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST))
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw refused(
            ExitCode.UNAVAILABLE,
            url.toString(),
            reason(e.getCause()),
            "is the server running, and is this its address?");
      } catch (TimeoutException e) {
        throw refused(
            ExitCode.UNAVAILABLE,
            url.toString(),
            "no answer within %d s".formatted(PATIENCE.toSeconds()),
            "is the server running, and is this its address?");
      } finally {
        client.shutdownNow();
      }
    }
  }

  private static String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case HttpTimeoutException slow -> "no answer within %d s".formatted(PATIENCE.toSeconds());
      case ConnectException nobody -> "no connection";
      case null -> "no answer";
      default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
    };
  }

  private Map<String, @Nullable Object> members(String body) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    try {
      JsonNode document = JsonMapper.shared().readTree(body);
      if (document.isObject()) {
        for (Map.Entry<String, JsonNode> one : document.properties()) {
          if (!ALIASES.contains(one.getKey())) {
            values.put(one.getKey(), JsonMapper.shared().treeToValue(one.getValue(), Object.class));
          }
        }
      }
    } catch (JacksonException e) {
      values.clear();
    }
    if (values.isEmpty()) {
      throw refused(
          ExitCode.UNAVAILABLE,
          url.toString(),
          "an answer that is not a JSON object of settings",
          "is this the address of a Quarterdeck server?");
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }

  private static StartRefused refused(int exitCode, String what, String why, String remedy) {
    return new StartRefused(exitCode, "%s: %s (%s)".formatted(what, why, remedy));
  }
}
