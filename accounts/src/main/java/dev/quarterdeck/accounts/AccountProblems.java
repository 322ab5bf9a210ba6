package dev.quarterdeck.accounts;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.time.Duration;
import java.util.List;

/// Everything that can go wrong with an account, with its stable code. The text for a wrong name is
/// the same as for a wrong password, so that nobody learns which names exist.
final class AccountProblems {
  private AccountProblems() {}

  static ProblemException wrongCredentials() {
    return unauthenticated("invalid_credentials", "Invalid username or password");
  }

  static ProblemException disabled() {
    return unauthenticated(
        "account_disabled", "This account is disabled; ask an administrator to enable it");
  }

  static ProblemException seedNotAllowed() {
    return unauthenticated(
        "development_password",
        "This account still has the public password of development, which is accepted only by a"
            + " server in development or test that listens on a loopback address; make an"
            + " administrator with: quarterdeck admin create");
  }

  static ProblemException invalidToken() {
    return unauthenticated(
        "token_invalid", "The token is not one that this server issued; log in again");
  }

  static ProblemException unknownApiToken() {
    return unauthenticated(
        "token_invalid", "The API token is unknown: it was deleted, or is not one of this server");
  }

  static ProblemException expiredToken() {
    return unauthenticated("token_expired", "The token has expired; log in again");
  }

  static ProblemException revokedToken() {
    return unauthenticated(
        "token_revoked",
        "The token was revoked (logout, or a change of password, role or status); log in again");
  }

  static ProblemException unsupportedScheme() {
    return unauthenticated(
        "authorization_scheme",
        "Authorization: unsupported scheme (expected: Bearer followed by a token)");
  }

  private static ProblemException unauthenticated(String code, String detail) {
    return new Problem.Unauthenticated(code, detail).raise();
  }

  static ProblemException csrf(String what) {
    return new Problem.Forbidden(
            "csrf",
            what
                + " (expected: the header X-CSRF-Token with the value of the cookie csrf_token;"
                + " both come with each login)")
        .raise();
  }

  static ProblemException registrationOff() {
    return new Problem.Forbidden(
            "registration_disabled",
            "Registration is off (REGISTRATION_ENABLED=false); ask an administrator for an account")
        .raise();
  }

  static ProblemException ownAccount() {
    return new Problem.InvalidState(
            "own_account",
            "Your own role and status cannot be changed by yourself; another administrator can")
        .raise();
  }

  static ProblemException taken(String field) {
    return new Problem.Conflict(
            field + "_taken", field + ": taken (expected: one that no other user has)")
        .raise();
  }

  static ProblemException noUser() {
    return new Problem.NotFound("user_not_found", "User not found").raise();
  }

  static ProblemException noToken() {
    return new Problem.NotFound("token_not_found", "You have no API token with this id").raise();
  }

  static ProblemException tooManyTokens(int limit) {
    return new Problem.InvalidState(
            "too_many_tokens",
            "You have %d API tokens, which is the greatest number; delete one first"
                .formatted(limit))
        .raise();
  }

  static ProblemException locked(Duration left) {
    return new Problem.Locked(
            "account_locked",
            "Too many failed logins to this account from your address; try again in %d s"
                .formatted(seconds(left)),
            left)
        .raise();
  }

  static ProblemException throttled(Duration left) {
    return new Problem.Throttled(
            "login_throttled",
            "Too many failed logins from your address; try again in %d s".formatted(seconds(left)),
            left)
        .raise();
  }

  static ProblemException busy() {
    return new Problem.Unavailable(
            "logins_busy", "Too many logins at once; try again shortly", Duration.ofSeconds(5))
        .raise();
  }

  static ProblemException contended(String id) {
    return new Problem.Unavailable(
            "write_contention",
            "%s is being changed by many requests at once; try again".formatted(id),
            Duration.ofSeconds(1))
        .raise();
  }

  /// Rules of the request that are broken, all at once.
  static ProblemException invalid(List<Problem.Violation> violations) {
    String detail = String.join("; ", violations.stream().map(Problem.Violation::message).toList());
    return new Problem.Invalid("body_invalid", detail, violations).raise();
  }

  private static long seconds(Duration left) {
    return Math.max(1, left.plusMillis(999).toSeconds());
  }
}
