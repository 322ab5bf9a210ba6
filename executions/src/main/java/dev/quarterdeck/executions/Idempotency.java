package dev.quarterdeck.executions;

import java.time.Duration;

/// The key with which a client may send the same request twice.
///
/// @param key unique among all users: id of the user and the client's own key
/// @param bodyHash SHA-256 of the request, in hex
public record Idempotency(String key, String bodyHash) {
  /// How long a key is remembered.
  public static final Duration WINDOW = Duration.ofHours(24);
}
