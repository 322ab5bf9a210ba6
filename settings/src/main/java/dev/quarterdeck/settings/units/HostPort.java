package dev.quarterdeck.settings.units;

/// A host name or address with a port: `kafka:29092`, `[::1]:6379`.
///
/// @param host without brackets
/// @param port 1 to 65535
public record HostPort(String host, int port) {
  private static final String FORM = "expected host:port such as kafka:29092 or [::1]:6379";

  /// Reads the notation: a host name of letters, digits, `-` and `_`, an IPv4 address, or an IPv6
  /// address in brackets, then `:` and the port. Looks nothing up.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static HostPort parse(String text) {
    if (text.contains("://")) {
      throw new IllegalArgumentException(
          "expected host:port without a scheme, such as kafka:29092");
    }
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (colon < 0 || (bracketed && text.charAt(colon - 1) != ']')) {
      throw new IllegalArgumentException(FORM + "; the port is missing");
    }
    String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
    boolean sound = bracketed ? host.contains(":") && Addresses.parse(host) != null : isHost(host);
    if (!sound) {
      throw new IllegalArgumentException(
          !bracketed && host.contains(":")
              ? "expected an IPv6 address in brackets, such as [::1]:6379"
              : FORM);
    }
    return new HostPort(host, port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 5 && Quantity.digits(text, 0) == text.length();
    int port = digits ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("expected a port from 1 to 65535 after the colon");
    }
    return port;
  }

  private static boolean isHost(String host) {
    if (host.isEmpty() || host.length() > 253) {
      return false;
    }
    int label = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean inside =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      boolean last = i + 1 == host.length() || host.charAt(i + 1) == '.';
      if (c == '.') {
        label = 0;
      } else if (inside || (c == '-' && label > 0 && !last)) {
        label++;
      } else {
        return false;
      }
      if (label > 63 || (c == '.' && (i == 0 || host.charAt(i - 1) == '.'))) {
        return false;
      }
    }
    int lastLabel = host.lastIndexOf('.') + 1;
    boolean numeric =
        lastLabel < host.length() && Quantity.digits(host, lastLabel) == host.length();
    return !numeric || !host.contains(".") || Addresses.parse(host) != null;
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
