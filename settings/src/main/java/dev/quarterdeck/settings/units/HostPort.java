package dev.quarterdeck.settings.units;

/// A host name or address with a port: `kafka:29092`, `[::1]:6379`.
///
/// @param host without brackets
/// @param port 1 to 65535
public record HostPort(String host, int port) {
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /// Reads the notation.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static HostPort parse(String text) {
    throw new IllegalArgumentException("expected");
  }
}
