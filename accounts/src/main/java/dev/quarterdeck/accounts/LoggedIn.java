package dev.quarterdeck.accounts;

import java.time.Duration;

/// A new session, for the one who logged in only.
///
/// @param token the JWT, for the cookie or as Bearer
/// @param csrfToken what a page sends along with each write
/// @param life how long it is valid
public record LoggedIn(UserProfile user, String token, String csrfToken, Duration life) {
  @Override
  public String toString() {
    return "LoggedIn[" + user.username() + "]";
  }
}
