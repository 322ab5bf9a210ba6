package dev.quarterdeck.http;

import java.net.URI;
import java.util.List;
import java.util.Set;

/// Which other sites' pages may call the API with the user's credentials (`CORS_ORIGINS`).
final class Cors {
  private static final String HEADERS =
      "Accept, Accept-Language, Authorization, Content-Language, Content-Type, Idempotency-Key,"
          + " Last-Event-ID, X-CSRF-Token, X-Request-ID";
  private static final String EXPOSED =
      "X-Request-ID, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";

  private final Set<String> origins;

  /// @throws IllegalArgumentException an entry is no origin; `*` is none, because credentials are
  ///   allowed
  Cors(List<String> origins) {
    origins.forEach(Cors::check);
    this.origins = Set.copyOf(origins);
  }

  private static void check(String origin) {
    boolean valid;
    try {
      URI uri = URI.create(origin);
      String host = uri.getHost();
      valid =
          host != null
              && origin.equals(
                  uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
              && Set.of("http", "https").contains(uri.getScheme());
    } catch (IllegalArgumentException notUri) {
      valid = false;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "CORS_ORIGINS: "
              + origin
              + " (expected: origins such as https://app.example.com, without a path; * is refused"
              + " because these pages act with the user's credentials)");
    }
  }

  /// Adds what lets a page of an allowed origin read the answer.
  Response answer(Response response, String origin) {
    if (origins.isEmpty()) {
      return response;
    }
    Response varied = response.header("Vary", "Origin");
    return origins.contains(origin)
        ? varied
            .header("Access-Control-Allow-Origin", origin)
            .header("Access-Control-Allow-Credentials", "true")
            .header("Access-Control-Expose-Headers", EXPOSED)
        : varied;
  }

  /// The answer to OPTIONS; the headers of a preflight for an allowed origin only.
  Response options(List<String> methods, String origin, boolean preflight) {
    String allowed = String.join(", ", methods);
    Response response = Response.noContent().header("Allow", allowed);
    return preflight && origins.contains(origin)
        ? response
            .header("Access-Control-Allow-Methods", allowed)
            .header("Access-Control-Allow-Headers", HEADERS)
            .header("Access-Control-Max-Age", "600")
        : response;
  }
}
