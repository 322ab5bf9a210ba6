package dev.quarterdeck.http;

import dev.quarterdeck.runtime.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// What the composition root decides about the server besides its settings.
///
/// @param heartbeat an idle stream gets a comment line this often (`SSE_HEARTBEAT_INTERVAL`)
/// @param localUser who acts on [Route.Access#LOCAL_USER] routes without credentials; present in
///   development and test only
/// @param headerTimeout a request whose first line has come must have all its headers by then
/// @param idleTimeout a connection without a request is closed after this time
/// @param writeTimeout a client that takes nothing of an answer for this long is disconnected
/// @param faults what a failure below means to callers; empty: a fault of ours, 500
public record HttpOptions(
    Duration heartbeat,
    Optional<Principal> localUser,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration writeTimeout,
    Function<Throwable, Optional<Problem>> faults) {

  /// Heartbeats each 30 s, no local user, 15 s for headers, 75 s idle, 30 s for a write.
  public static HttpOptions defaults() {
    return new HttpOptions(
        Duration.ofSeconds(30),
        Optional.empty(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(75),
        Duration.ofSeconds(30),
        unknown -> Optional.empty());
  }

  public HttpOptions heartbeat(Duration value) {
    return new HttpOptions(value, localUser, headerTimeout, idleTimeout, writeTimeout, faults);
  }

  public HttpOptions localUser(Principal value) {
    return new HttpOptions(
        heartbeat, Optional.of(value), headerTimeout, idleTimeout, writeTimeout, faults);
  }

  public HttpOptions headerTimeout(Duration value) {
    return new HttpOptions(heartbeat, localUser, value, idleTimeout, writeTimeout, faults);
  }

  public HttpOptions idleTimeout(Duration value) {
    return new HttpOptions(heartbeat, localUser, headerTimeout, value, writeTimeout, faults);
  }

  public HttpOptions writeTimeout(Duration value) {
    return new HttpOptions(heartbeat, localUser, headerTimeout, idleTimeout, value, faults);
  }

  /// What a failure of a part below means to callers, where it is more than a fault of ours: the
  /// store that cannot answer now. It is logged all the same.
  public HttpOptions faults(Function<Throwable, Optional<Problem>> value) {
    return new HttpOptions(heartbeat, localUser, headerTimeout, idleTimeout, writeTimeout, value);
  }
}
