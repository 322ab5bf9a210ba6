package dev.quarterdeck.bookmarks.page;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What a fetch may do.
///
/// @param allowedHosts hosts of the internal network that may be reached all the same
/// @param ports the ports that may be reached
/// @param total time of everything: lookups, redirects, reading
/// @param attempt time to connect, and to wait for the next bytes
/// @param pageBytes most bytes of a page, decompressed
/// @param pictureBytes most bytes of a picture
/// @param redirects most redirects
/// @param pause least time between two requests to one host
public record FetchRules(
    List<String> allowedHosts,
    Set<Integer> ports,
    Duration total,
    Duration attempt,
    int pageBytes,
    int pictureBytes,
    int redirects,
    Duration pause) {
  public FetchRules {
    allowedHosts = List.copyOf(allowedHosts);
    ports = Set.copyOf(ports);
  }

  /// The usual rules: 10 s in all, 5 MB of a page, 256 kB of a picture, 5 redirects, the web's
  /// usual ports, a second between two requests to one host.
  public static FetchRules of(List<String> allowedHosts) {
    return new FetchRules(
        allowedHosts,
        Set.of(80, 443, 8080, 8443),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        5_000_000,
        256_000,
        5,
        Duration.ofSeconds(1));
  }

  /// Whether a port of a host may be reached; of allowed hosts any may.
  boolean reaches(String host, int port) {
    return ports.contains(port)
        || allowedHosts.stream().anyMatch(allowed -> allowed.strip().equalsIgnoreCase(host));
  }

  /// The same with these ports and this pause.
  FetchRules with(Set<Integer> otherPorts, Duration otherPause, Duration otherTotal) {
    return new FetchRules(
        allowedHosts,
        otherPorts,
        otherTotal,
        attempt,
        pageBytes,
        pictureBytes,
        redirects,
        otherPause);
  }
}
