package dev.quarterdeck.accounts.http;

import dev.quarterdeck.accounts.ApiTokens;
import dev.quarterdeck.accounts.Scope;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// API tokens of the caller: make, list, delete. They need a session, never another token.
final class ApiTokenRoutes {
  private static final String BASE = "/api/v1/auth/tokens";
  private static final int NAME_MAX = 100;
  private static final int TEXT_MAX = 100;

  private final ApiTokens tokens;
  private final InstantSource clock;

  ApiTokenRoutes(ApiTokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.POST,
                BASE,
                "Makes an API token; its secret is in this answer only.",
                this::create)
            .schemas("ApiTokenCreate", "ApiTokenMade")
            .successStatus(201),
        Route.of(Method.GET, BASE, "Lists the caller's API tokens.", this::list)
            .schemas("", "ApiTokenList"),
        Route.of(Method.DELETE, BASE + "/{token_id}", "Ends an API token at once.", this::delete)
            .successStatus(204));
  }

  private Response create(Request request) {
    String user = SessionOnly.check(request).userId();
    BodyFields fields = BodyFields.of(request);
    String name = fields.string("name", 1, NAME_MAX);
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      fields.violation(
          "name", "name: blank or with control characters (expected: a short text)", "value_error");
    }
    Set<Scope> scopes = scopes(fields);
    Optional<Instant> expires = expiry(fields);
    fields.check();
    ApiTokens.Made made = tokens.create(user, name, scopes, expires);
    return Response.json(201, new MadeView(view(made.view()), made.secret()));
  }

  private Response list(Request request) {
    String user = SessionOnly.check(request).userId();
    return Response.json(
        new ListView(tokens.list(user).stream().map(ApiTokenRoutes::view).toList()));
  }

  private Response delete(Request request) {
    tokens.delete(SessionOnly.check(request).userId(), request.pathValue("token_id"));
    return Response.noContent();
  }

  private static Set<Scope> scopes(BodyFields fields) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String label : fields.strings("scopes", Scope.values().length, TEXT_MAX)) {
      Scope.of(label)
          .ifPresentOrElse(
              scopes::add, () -> fields.violation("scopes", expected("unknown scope"), "enum"));
    }
    if (scopes.isEmpty()) {
      fields.violation("scopes", expected("none"), "missing");
    }
    return scopes;
  }

  private static String expected(String what) {
    return "scopes: " + what + " (expected: one or more of " + Scope.labels() + ")";
  }

  private Optional<Instant> expiry(BodyFields fields) {
    Optional<String> text = fields.optionalString("expires_at", TEXT_MAX);
    try {
      Optional<Instant> time = text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
      if (time.filter(end -> !end.isAfter(clock.instant())).isPresent()) {
        fields.violation("expires_at", "expires_at: past (expected: a later time)", "value_error");
      }
      return time;
    } catch (DateTimeException malformed) {
      fields.violation(
          "expires_at",
          "expires_at: not a time (expected: such as 2030-01-31T12:00:00Z)",
          "datetime_parsing");
      return Optional.empty();
    }
  }

  private static TokenView view(ApiTokens.View token) {
    return new TokenView(
        token.id(),
        token.name(),
        token.scopes(),
        token.hint(),
        token.valid(),
        token.createdAt(),
        token.expiresAt().orElse(null),
        token.lastUsedAt().orElse(null));
  }

  record TokenView(
      String id,
      String name,
      List<String> scopes,
      String hint,
      boolean valid,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {}

  record MadeView(TokenView token, String secret) {}

  record ListView(List<TokenView> tokens) {}
}
