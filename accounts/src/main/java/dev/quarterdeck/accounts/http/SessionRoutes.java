package dev.quarterdeck.accounts.http;

import dev.quarterdeck.accounts.Accounts;
import dev.quarterdeck.accounts.AccountsAuthenticator;
import dev.quarterdeck.accounts.AccountsSlice;
import dev.quarterdeck.accounts.Caller;
import dev.quarterdeck.accounts.LoggedIn;
import dev.quarterdeck.accounts.Logins;
import dev.quarterdeck.accounts.UserProfile;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.Problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Register, log in, who am I, log out, change the password.
final class SessionRoutes {
  private static final String BASE = "/api/v1/auth";
  private static final int TEXT_MAX = 4_096;

  private final Accounts accounts;
  private final Logins logins;
  private final SessionCookies cookies;

  SessionRoutes(AccountsSlice slice) {
    this.accounts = slice.accounts();
    this.logins = slice.logins();
    this.cookies = new SessionCookies(slice.secureCookies(), slice.sessionLife());
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.POST,
                BASE + "/register",
                "Makes an account with the role user, whatever role is asked for.",
                this::register)
            .access(Access.OPEN)
            .schemas("UserCreate", "UserResponse"),
        Route.of(
                Method.POST,
                BASE + "/login",
                "Opens a session by an OAuth2 password form; sets the cookies access_token and"
                    + " csrf_token.",
                this::login)
            .access(Access.OPEN)
            .schemas("", "LoginResponse"),
        Route.of(Method.GET, BASE + "/me", "Tells who is logged in.", this::me)
            .schemas("", "UserResponse"),
        Route.of(
                Method.POST,
                BASE + "/logout",
                "Ends the session at once and clears the cookies.",
                this::logout)
            .schemas("", "MessageResponse"),
        Route.of(
                Method.POST,
                BASE + "/change-password",
                "Sets another password and ends all sessions and API tokens of the user.",
                this::changePassword)
            .schemas("ChangePassword", "MessageResponse"));
  }

  private Response register(Request request) throws Exception {
    BodyFields fields = BodyFields.of(request);
    String username = fields.string("username", 0, TEXT_MAX);
    String email = fields.string("email", 0, TEXT_MAX);
    String password = fields.string("password", 0, TEXT_MAX);
    fields.check();
    UserProfile user = request.waiting(() -> accounts.register(username, email, password));
    return Response.json(Views.user(user));
  }

  private Response login(Request request) throws Exception {
    refuseOtherSites(request);
    Map<String, String> form = request.form();
    List<Violation> violations = new ArrayList<>();
    String username = required(form, "username", violations);
    String password = required(form, "password", violations);
    String grant = form.getOrDefault("grant_type", "password");
    if (!grant.equals("password")) {
      violations.add(
          new Violation(
              List.of("body", "grant_type"),
              "grant_type: not offered (expected: password, or nothing)",
              "string_pattern_mismatch"));
    }
    if (!violations.isEmpty()) {
      throw new Problem.Invalid("body_invalid", "The login form is not complete", violations)
          .raise();
    }
    LoggedIn session = request.waiting(() -> logins.login(username, password, caller(request)));
    return cookies.set(
        Response.json(
            new Views.LoginResponse(
                "Login successful",
                session.user().username(),
                session.user().role().label(),
                session.csrfToken(),
                session.token(),
                "bearer",
                session.life().toSeconds())),
        session);
  }

  private Response me(Request request) {
    return accounts
        .find(request.principal().userId())
        .map(user -> Response.json(Views.user(user)))
        .orElseThrow(
            () ->
                new Problem.Unauthenticated(
                        "account_gone", "This account does not exist any more; log in again")
                    .raise());
  }

  private Response logout(Request request) {
    logins.logout(session(request));
    return cookies.clear(Response.json(new Views.MessageResponse("Logout successful")));
  }

  private Response changePassword(Request request) throws Exception {
    session(request);
    BodyFields fields = BodyFields.of(request);
    String current = fields.string("current_password", 1, TEXT_MAX);
    String next = fields.string("new_password", 0, TEXT_MAX);
    fields.check();
    String user = request.principal().userId();
    request.waiting(
        () -> {
          accounts.changePassword(user, current, next, caller(request));
          return true;
        });
    return cookies.clear(
        Response.json(
            new Views.MessageResponse(
                "Password changed; all sessions and API tokens ended, log in again")));
  }

  private static String session(Request request) {
    return AccountsAuthenticator.sessionToken(request).orElseThrow(SessionOnly::problem);
  }

  /// A form on another site must not log its visitor in as somebody else here.
  private static void refuseOtherSites(Request request) {
    if (request.header("Sec-Fetch-Site").filter("cross-site"::equals).isPresent()
        && request.header("Sec-Fetch-Mode").filter("navigate"::equals).isPresent()) {
      throw new Problem.Forbidden(
              "cross_site_login",
              "Another site's page sent this login; open Quarterdeck itself and log in there")
          .raise();
    }
  }

  private static Caller caller(Request request) {
    return new Caller(request.clientAddress(), request.header("User-Agent"));
  }

  private static String required(
      Map<String, String> form, String name, List<Violation> violations) {
    return Optional.ofNullable(form.get(name))
        .filter(value -> !value.isEmpty())
        .orElseGet(
            () -> {
              violations.add(new Violation(List.of("body", name), "Field required", "missing"));
              return "";
            });
  }
}
