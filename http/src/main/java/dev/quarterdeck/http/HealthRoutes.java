package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The routes that say whether the server lives, whether it is ready, and which version it is. They
/// are open, take no place and are never limited.
public final class HealthRoutes {
  /// Name of the schema that good and bad answers of a readiness check have alike.
  static final String READINESS = "ReadinessResponse";

  private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

  private final Map<String, Check> checks;
  private final String version;
  private final InstantSource clock;
  private final Instant started;

  /// @param checks by the name that the answer shows, in its order
  public HealthRoutes(Map<String, Check> checks, String version, InstantSource clock) {
    this.checks = new LinkedHashMap<>(checks);
    this.version = version;
    this.clock = clock;
    this.started = clock.instant();
  }

  /// Whether one part of the server can do its work.
  @FunctionalInterface
  public interface Check {
    /// @return a word such as `ok`, `warning`, `critical`; the part is usable
    /// @throws Exception the part is not usable now; what went wrong is logged, not shown
    String status() throws Exception;

    /// What else there is to say of the part, for everybody; nothing that is secret.
    default Map<String, Object> details() {
      return Map.of();
    }
  }

  public List<Route> routes() {
    return List.of(
        route("/api/v1/health/live", "Whether the process lives.", "LivenessResponse", r -> live()),
        route("/api/v1/health/ready", "Whether every part is usable.", READINESS, r -> ready()),
        route("/api/health", "Whether every part is usable.", READINESS, r -> ready()),
        route("/api/v1/version", "The version of the server.", "VersionResponse", r -> version()));
  }

  /// The schemas of these routes, by name.
  static Map<String, JsonNode> schemas() {
    return OpenApi.schemas(HealthRoutes.class, "health-schemas.json");
  }

  private static Route route(String path, String summary, String schema, Route.Handler handler) {
    return Route.of(GET, path, summary, handler)
        .access(Route.Access.OPEN)
        .admission(Route.Admission.FREE)
        .rateClass(Route.RateClass.EXEMPT)
        .schemas("", schema);
  }

  private Response live() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", "ok");
    body.put("uptime_seconds", uptime());
    body.put("timestamp", clock.instant());
    return Response.json(body);
  }

  private Response ready() {
    Map<String, Object> parts = new LinkedHashMap<>();
    boolean allUsable = true;
    for (Map.Entry<String, Check> check : checks.entrySet()) {
      Map<String, Object> part = new LinkedHashMap<>();
      try {
        part.put("status", check.getValue().status());
        Map<String, Object> details = check.getValue().details();
        if (!details.isEmpty()) {
          part.put("details", details);
        }
      } catch (Exception unusable) {
        restoreInterrupt(unusable);
        LOG.warn("{} is not usable", check.getKey(), unusable);
        part.put("status", "unavailable");
        allUsable = false;
      }
      parts.put(check.getKey(), part);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", allUsable ? "ok" : "unavailable");
    body.put("uptime_seconds", uptime());
    body.put("timestamp", clock.instant());
    body.put("checks", parts);
    return Response.json(allUsable ? 200 : 503, body);
  }

  private static void restoreInterrupt(Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  private Response version() {
    return Response.json(Map.of("name", "quarterdeck", "version", version));
  }

  private long uptime() {
    return Math.max(0, Duration.between(started, clock.instant()).toSeconds());
  }
}
