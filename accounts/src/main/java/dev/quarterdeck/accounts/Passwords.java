package dev.quarterdeck.accounts;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Hashes and verifies passwords with bcrypt, a few at once: a storm of logins keeps at most half
/// of the processors busy, waits in order, and past a bound is told to come again. Safe for all
/// threads.
final class Passwords {
  private static final int WAITING_MAX = 200;
  private static final Duration WAIT_MAX = Duration.ofSeconds(20);

  private final int cost;
  private final String nobody;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();

  /// @param cost 4 to 31: 2^cost rounds
  /// @param parallel hashes computed at once, 1 or more
  Passwords(int cost, int parallel) {
    this.cost = cost;
    this.places = new Semaphore(parallel, true);
    // The hash of no password: verifying against it takes as long as against a real one.
    this.nobody = "$2a$%02d$".formatted(cost) + "abcdefghijklmnopqrstuu" + "N".repeat(30) + "u";
  }

  /// As many at once as half of the processors.
  static Passwords ofCost(int cost) {
    return new Passwords(cost, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /// Runs work that hashes, when a place is free; inside it the methods below may be called.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 503 when too many wait or none became free
  <T> T limited(Supplier<T> work) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      throw AccountProblems.busy();
    }
    boolean entered;
    try {
      entered = places.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw AccountProblems.busy();
    } finally {
      waiting.decrementAndGet();
    }
    if (!entered) {
      throw AccountProblems.busy();
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  /// The hash of a password that keeps the rules.
  String hash(String password) {
    return new String(BCrypt.withDefaults().hash(cost, bytes(password)), StandardCharsets.US_ASCII);
  }

  /// Whether this is the password of the hash. Takes as long when there is no hash (no such user)
  /// or when the password is longer than any password can be.
  boolean matches(Optional<String> hash, String password) {
    byte[] given = bytes(password);
    boolean possible = hash.isPresent() && given.length <= AccountRules.PASSWORD_MAX_BYTES;
    boolean verified =
        BCrypt.verifyer()
            .verify(
                possible ? given : bytes("nobody"),
                hash.filter(_ -> possible).orElse(nobody).getBytes(StandardCharsets.US_ASCII))
            .verified;
    return possible && verified;
  }

  /// Whether the hash was made at a lower cost than new ones.
  boolean outdated(String hash) {
    return Integer.parseInt(hash.substring(4, 6)) < cost;
  }

  private static byte[] bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8);
  }
}
