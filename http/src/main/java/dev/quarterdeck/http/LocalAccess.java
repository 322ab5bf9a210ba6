package dev.quarterdeck.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The rule by which a request without credentials acts as the local user in development: it comes
/// from this machine, names this machine, passed no proxy, and no other site's page sent it.
public final class LocalAccess {
  private static final Set<String> FORWARDING =
      Set.of(
          "Forwarded",
          "Via",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Real-IP");

  private LocalAccess() {}

  /// Whether the rule holds.
  ///
  /// @param peer the other end of the connection, not what a header says
  /// @param header the value of a request header
  public static boolean allows(InetAddress peer, Function<String, Optional<String>> header) {
    String host = header.apply("Host").orElse("");
    return peer.isLoopbackAddress()
        && isLoopbackHost(host)
        && FORWARDING.stream().allMatch(name -> header.apply(name).isEmpty())
        && header.apply("Origin").map(origin -> origin.equals("http://" + host)).orElse(true)
        && header
            .apply("Sec-Fetch-Site")
            .map(site -> site.equals("same-origin") || site.equals("none"))
            .orElse(true);
  }

  private static boolean isLoopbackHost(String hostHeader) {
    String host = hostHeader.toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    if (colon > host.lastIndexOf(']')) {
      host = host.substring(0, colon);
    }
    if (host.equals("localhost") || host.equals("[::1]")) {
      return true;
    }
    return host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
