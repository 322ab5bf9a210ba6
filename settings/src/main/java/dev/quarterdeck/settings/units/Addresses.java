package dev.quarterdeck.settings.units;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// IP addresses from their text alone; no name is ever looked up.
final class Addresses {
  private Addresses() {}

  /// The address, null when the text is none. IPv4 has four decimal parts without leading zeros;
  /// IPv6 has no zone. An IPv4-mapped IPv6 address gives the IPv4 address.
  static @Nullable InetAddress parse(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && (c > 'f' || Character.digit(c, 16) < 0)) {
        return null;
      }
    }
    try {
      if (!text.contains(":")) {
        byte[] bytes = v4(text);
        return bytes == null ? null : InetAddress.getByAddress(bytes);
      }
      return Inet6Address.ofLiteral(text);
    } catch (UnknownHostException | IllegalArgumentException e) {
      return null;
    }
  }

  private static byte @Nullable [] v4(String text) {
    byte[] bytes = new byte[4];
    int at = 0;
    for (int part = 0; part < 4; part++) {
      int end = Quantity.digits(text, at);
      int length = end - at;
      if (length < 1 || length > 3 || (length > 1 && text.charAt(at) == '0')) {
        return null;
      }
      int value = Integer.parseInt(text, at, end, 10);
      boolean separated =
          part == 3 ? end == text.length() : end < text.length() && text.charAt(end) == '.';
      if (value > 255 || !separated) {
        return null;
      }
      bytes[part] = (byte) value;
      at = end + 1;
    }
    return bytes;
  }
}
