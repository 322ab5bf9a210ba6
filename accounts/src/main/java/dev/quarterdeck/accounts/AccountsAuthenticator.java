package dev.quarterdeck.accounts;

import dev.quarterdeck.http.Authenticator;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds out who a request comes from: an `Authorization: Bearer` header (or `Token`, as linkding's
/// clients write) with a session's JWT or an API token, else the session cookie, which for a write
/// needs the CSRF token beside it. Asks the store each time, so that what was revoked is worth
/// nothing at once. Safe for all threads.
public final class AccountsAuthenticator implements Authenticator {
  /// The cookie that carries the JWT; scripts cannot read it.
  public static final String SESSION_COOKIE = "access_token";

  /// The cookie that pages read to send its value in [#CSRF_HEADER].
  public static final String CSRF_COOKIE = "csrf_token";

  /// The header that must repeat [#CSRF_COOKIE] when a cookie request writes.
  public static final String CSRF_HEADER = "X-CSRF-Token";

  private static final List<String> SCHEMES = List.of("bearer ", "token ");
  private static final Set<String> EVERYTHING = Set.of("*");

  private final Sessions sessions;
  private final ApiTokens apiTokens;
  private final CsrfTokens csrf;

  AccountsAuthenticator(Sessions sessions, ApiTokens apiTokens, CsrfTokens csrf) {
    this.sessions = sessions;
    this.apiTokens = apiTokens;
    this.csrf = csrf;
  }

  @Override
  public Optional<Principal> authenticate(Request request) {
    Optional<String> bearer = bearer(request);
    if (bearer.isPresent()) {
      return Optional.of(byBearer(bearer.get()));
    }
    return cookie(request).map(token -> byCookie(token, request));
  }

  /// The token of the session that a request belongs to, if it has one.
  public static Optional<String> sessionToken(Request request) {
    return bearer(request)
        .or(() -> cookie(request))
        .filter(token -> !token.startsWith(ApiTokens.PREFIX));
  }

  private Principal byBearer(String token) {
    if (token.startsWith(ApiTokens.PREFIX)) {
      ApiTokens.Granted granted = apiTokens.resolve(token);
      boolean admin = granted.scopes().contains(Scope.ADMIN.label());
      return principal(granted.user(), admin, granted.scopes(), Principal.Via.BEARER);
    }
    return principal(sessions.resolve(token).user(), true, EVERYTHING, Principal.Via.BEARER);
  }

  private Principal byCookie(String token, Request request) {
    Sessions.Live live = sessions.resolve(token);
    if (request.method() != Route.Method.GET) {
      csrf.check(
          live.session().id(),
          request.header(CSRF_HEADER).orElse(""),
          request.cookie(CSRF_COOKIE).orElse(""));
    }
    return principal(live.user(), true, EVERYTHING, Principal.Via.COOKIE);
  }

  private static Principal principal(
      User user, boolean mayAdministrate, Set<String> scopes, Principal.Via via) {
    return new Principal(
        user.id(), user.username(), mayAdministrate && user.role() == Role.ADMIN, scopes, via);
  }

  private static Optional<String> bearer(Request request) {
    Optional<String> header = request.header("Authorization");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    String value = header.get();
    String scheme =
        SCHEMES.stream()
            .filter(each -> value.toLowerCase(Locale.ROOT).startsWith(each))
            .findFirst()
            .orElseThrow(AccountProblems::unsupportedScheme);
    return Optional.of(value.substring(scheme.length()).strip());
  }

  private static Optional<String> cookie(Request request) {
    return request.cookie(SESSION_COOKIE).filter(value -> !value.isEmpty());
  }
}
