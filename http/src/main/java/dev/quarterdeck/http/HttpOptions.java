package dev.quarterdeck.http;

import java.time.Duration;
import java.util.Optional;

/// What the composition root decides about the server besides its settings.
///
/// @param heartbeat an idle stream gets a comment line this often (`SSE_HEARTBEAT_INTERVAL`)
/// @param localUser who acts on [Route.Access#LOCAL_USER] routes without credentials; present in
///   development and test only
/// @param headerTimeout a request whose first line has come must have all its headers by then
/// @param idleTimeout a connection without a request is closed after this time
/// @param writeTimeout a client that takes nothing of an answer for this long is disconnected
public record HttpOptions(
    Duration heartbeat,
    Optional<Principal> localUser,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration writeTimeout) {

  /// Heartbeats each 30 s, no local user, 15 s for headers, 75 s idle, 30 s for a write.
  public static HttpOptions defaults() {
    return new HttpOptions(
        Duration.ofSeconds(30),
        Optional.empty(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(75),
        Duration.ofSeconds(30));
  }

  public HttpOptions heartbeat(Duration value) {
    return new HttpOptions(value, localUser, headerTimeout, idleTimeout, writeTimeout);
  }

  public HttpOptions localUser(Principal value) {
    return new HttpOptions(heartbeat, Optional.of(value), headerTimeout, idleTimeout, writeTimeout);
  }

  public HttpOptions headerTimeout(Duration value) {
    return new HttpOptions(heartbeat, localUser, value, idleTimeout, writeTimeout);
  }

  public HttpOptions idleTimeout(Duration value) {
    return new HttpOptions(heartbeat, localUser, headerTimeout, value, writeTimeout);
  }

  public HttpOptions writeTimeout(Duration value) {
    return new HttpOptions(heartbeat, localUser, headerTimeout, idleTimeout, value);
  }
}
