package dev.quarterdeck.accounts.http;

import dev.quarterdeck.accounts.AccountsAuthenticator;
import dev.quarterdeck.accounts.LoggedIn;
import dev.quarterdeck.http.Response;
import java.time.Duration;

/// The two cookies of a session: both strictly for requests from our own pages, the token hidden
/// from scripts, the CSRF token readable by them.
///
/// @param secure whether browsers send them over TLS only
record SessionCookies(boolean secure, Duration life) {
  private static final String HIDDEN = "; HttpOnly";

  Response set(Response response, LoggedIn session) {
    return with(response, session.token(), session.csrfToken(), life.toSeconds());
  }

  Response clear(Response response) {
    return with(response, "", "", 0);
  }

  private Response with(Response response, String token, String csrf, long seconds) {
    return response
        .cookie(cookie(AccountsAuthenticator.SESSION_COOKIE, token, seconds) + HIDDEN)
        .cookie(cookie(AccountsAuthenticator.CSRF_COOKIE, csrf, seconds));
  }

  private String cookie(String name, String value, long seconds) {
    return name
        + "="
        + value
        + "; Path=/; Max-Age="
        + seconds
        + "; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }
}
