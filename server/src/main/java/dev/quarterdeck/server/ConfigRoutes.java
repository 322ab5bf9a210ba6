package dev.quarterdeck.server;

import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Family;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.units.Durations;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `GET /api/config`: the effective settings under their environment names, and `workspace`, `repo`
/// and `base_url` as the documented tuning guide shows them. Never a secret.
final class ConfigRoutes {
  private final Map<String, @Nullable Object> answer = new LinkedHashMap<>();

  ConfigRoutes(Loaded<AppSettings> loaded) {
    Provenance provenance = loaded.provenance();
    for (Key key : loaded.schema().keys()) {
      if (!key.secret()) {
        answer.put(key.variable(), number(key, provenance.plain(key)));
      }
    }
    answer.put("workspace", answer.get("BITBUCKET_WORKSPACE"));
    answer.put("repo", answer.get("BITBUCKET_REPO"));
    answer.put("base_url", answer.get("BITBUCKET_BASE_URL"));
  }

  /// A duration as a number in its setting's unit, as the documented answer has it.
  private static @Nullable Object number(Key key, @Nullable Object plain) {
    long nanos =
        switch (key.unit()) {
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "min" -> 60_000_000_000L;
          case "d" -> 86_400_000_000_000L;
          default -> 0;
        };
    if (nanos == 0 || !(plain instanceof String text)) {
      return plain;
    }
    double units = (double) Durations.parse(text, ChronoUnit.SECONDS).toNanos() / nanos;
    return units == Math.rint(units) ? (Object) (long) units : (Object) units;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.GET,
                "/api/config",
                "The effective settings, without secrets.",
                request -> Response.json(answer))
            .access(Access.LOCAL_USER)
            .family(Family.PRODUCTION)
            .schemas("", "EffectiveSettings"));
  }
}
