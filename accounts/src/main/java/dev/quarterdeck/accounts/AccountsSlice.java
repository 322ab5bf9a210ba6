package dev.quarterdeck.accounts;

import dev.quarterdeck.events.EventFactory;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.Documents;
import java.time.Duration;
import java.time.InstantSource;

/// The parts of this slice, wired. It starts no thread and holds nothing that must be closed.
///
/// @param sessionLife how long a login is valid
/// @param secureCookies whether cookies carry the Secure flag
public record AccountsSlice(
    Accounts accounts,
    Logins logins,
    ApiTokens apiTokens,
    UserAdministration administration,
    AccountsAuthenticator authenticator,
    Duration sessionLife,
    boolean secureCookies,
    InstantSource clock) {

  /// Wires the slice.
  ///
  /// @param documents opened with [AccountKinds#ALL]
  /// @param seedsAllowed whether users with the public passwords of development may come in: in
  ///   development and test, when the server listens on a loopback address, and never else
  public static AccountsSlice of(
      AccountSettings settings,
      SecretKeys keys,
      boolean secureCookies,
      boolean seedsAllowed,
      EventOrigin origin,
      Documents documents,
      InstantSource clock) {
    Ids ids = new Ids(clock);
    Duration life = settings.accessTokenExpireMinutes();
    AccountEvents events = new AccountEvents(new EventFactory(ids, clock, origin));
    Users users = new Users(documents, seedsAllowed);
    Passwords passwords = Passwords.ofCost(settings.bcryptRounds());
    LoginGuard guard = new LoginGuard(documents, clock);
    CsrfTokens csrf = new CsrfTokens(keys);
    Sessions sessions =
        new Sessions(
            new SessionTokens(keys, settings.algorithm(), life, clock), users, documents, clock);
    Logins logins = new Logins(users, sessions, passwords, guard, csrf, events, life);
    Accounts accounts =
        new Accounts(users, logins, passwords, events, settings.registrationEnabled(), ids, clock);
    ApiTokens apiTokens = new ApiTokens(users, documents, ids, clock);
    return new AccountsSlice(
        accounts,
        logins,
        apiTokens,
        new UserAdministration(users, accounts, passwords, guard, events, clock),
        new AccountsAuthenticator(sessions, apiTokens, csrf),
        life,
        secureCookies,
        clock);
  }
}
