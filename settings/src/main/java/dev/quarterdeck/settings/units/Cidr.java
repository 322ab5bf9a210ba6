package dev.quarterdeck.settings.units;

import java.net.InetAddress;

/// A block of addresses: `10.0.0.0/8`, `fd00::/8`, or a single address.
///
/// @param network the first address of the block
/// @param prefix number of leading bits that count
public record Cidr(InetAddress network, int prefix) {
  /// Whether the address lies in the block; IPv4-mapped IPv6 addresses count as IPv4.
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((ours[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }

  /// Reads the notation.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static Cidr parse(String text) {
    throw new IllegalArgumentException("expected");
  }
}
