package dev.quarterdeck.accounts;

import dev.quarterdeck.accounts.Aggregates.Step;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.Query;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Stops whoever guesses passwords: per name and address (durable, shared by all processes over one
/// store) and per address (in memory). Safe for all threads.
final class LoginGuard {
  private static final int SWEEP = 20;

  private final Aggregates<LoginFailures> failures;
  private final AddressThrottle throttle;
  private final InstantSource clock;

  LoginGuard(Documents documents, InstantSource clock) {
    this.failures =
        new Aggregates<>(
            documents,
            AccountKinds.LOGIN_FAILURES,
            LoginFailures.class,
            f -> Map.of("name_hash", f.nameHash(), "expires_at", f.expiresAt().toEpochMilli()));
    this.throttle = new AddressThrottle(clock);
    this.clock = clock;
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 423 or 429 when this address may not try now
  void check(String username, InetAddress address) {
    failures
        .find(id(username, address))
        .flatMap(found -> found.locked(clock.instant()))
        .ifPresent(
            left -> {
              throw AccountProblems.locked(left);
            });
    throttle.check(address);
  }

  /// Counts a failure, with the event that tells of it.
  void failed(String username, InetAddress address, NewEvent event) {
    Instant now = clock.instant();
    throttle.failed(address);
    String id = id(username, address);
    failures.changeInPlace(
        id,
        before ->
            Step.to(
                before
                    .map(known -> known.again(now))
                    .orElseGet(() -> LoginFailures.first(id, nameHash(username), now)),
                event));
  }

  /// Forgets the failures of this address, after a good login.
  void succeeded(String username, InetAddress address) {
    failures.delete(id(username, address));
    failures.sweep("expires_at", clock.instant(), SWEEP);
  }

  /// Ends every lock-out of the name, from whatever address; answers whether there was one.
  boolean unlock(String username) {
    Instant now = clock.instant();
    List<LoginFailures> all =
        failures.all(List.of(new Query.Equal("name_hash", nameHash(username))), "expires_at");
    all.forEach(one -> failures.delete(one.id()));
    return all.stream().anyMatch(one -> one.locked(now).isPresent());
  }

  private static String nameHash(String username) {
    return Digests.sha256(User.fold(username));
  }

  private static String id(String username, InetAddress address) {
    return Digests.sha256(nameHash(username) + " " + AddressThrottle.key(address));
  }
}
