package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.SourceFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What the statuses of Bitbucket mean when they are no answer.
final class Statuses {
  /// Too much was asked at once, says Cloud.
  static final int TOO_MUCH = 555;

  private static final int SHOWN = 300;
  private final String host;
  private final Credentials credentials;

  Statuses(String host, Credentials credentials) {
    this.host = host;
    this.credentials = credentials;
  }

  /// @param wait of the Retry-After header
  Failure failure(int status, String path, byte[] body, Optional<Duration> wait) {
    String said = said(body);
    String where = "%s answered %d to GET %s%s".formatted(host, status, path, said);
    return switch (status) {
      case 401 -> Failure.last(new SourceFault.Unauthorized(unauthorized(said)));
      case 403 ->
          Failure.last(
              new SourceFault.Forbidden(
                  where
                      + "; give the owner of BITBUCKET_TOKEN read access to the repository"
                      + " (scope read:repository)"));
      case 404 ->
          Failure.last(
              new SourceFault.NotFound(
                  where
                      + "; check BITBUCKET_WORKSPACE and BITBUCKET_REPO, and that BITBUCKET_TOKEN"
                      + " may read the repository"));
      case 429 ->
          new Failure(
              new SourceFault.RateLimited(
                  where
                      + wait.map(time -> "; it asks to wait " + time.toSeconds() + " s").orElse("")
                      + "; ask less often, or use another token or a Git clone",
                  wait),
              true,
              wait,
              null);
      case 500, 502, 503, 504 ->
          new Failure(new SourceFault.Unavailable(where + "; try again later"), true, wait, null);
      case TOO_MUCH ->
          Failure.last(
              new SourceFault.TooLarge(
                  where + "; the repository is too large for this request: use a Git clone"));
      default ->
          status >= 500
              ? Failure.last(new SourceFault.Unavailable(where + "; try again later"))
              : Failure.last(
                  new SourceFault.Unusable(
                      where
                          + " (expected: 200); check BITBUCKET_BASE_URL and the server's version"));
    };
  }

  private String unauthorized(String said) {
    return credentials.present()
        ? "BITBUCKET_TOKEN: %s refused it with 401%s (expected: a token that is valid now and may read the repository; an API token also needs BITBUCKET_EMAIL)"
            .formatted(host, said)
        : "BITBUCKET_TOKEN: not set, and %s answers only with one (401%s)".formatted(host, said);
  }

  /// What the host says itself, in JSON of either dialect or as text.
  private String said(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    String message = message(text).strip().replaceAll("\\s+", " ");
    if (message.isEmpty() || message.startsWith("<")) {
      return "";
    }
    String clean = credentials.without(message);
    return ": " + (clean.length() > SHOWN ? clean.substring(0, SHOWN) + "…" : clean);
  }

  private static String message(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return text;
    }
    try {
      JsonNode root = Answers.MAPPER.readTree(text);
      String cloud = root.path("error").path("message").asString("");
      return cloud.isEmpty() ? root.path("errors").path(0).path("message").asString("") : cloud;
    } catch (JacksonException notJson) {
      return "";
    }
  }
}
