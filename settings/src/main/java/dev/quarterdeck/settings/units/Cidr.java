package dev.quarterdeck.settings.units;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// A block of addresses: `10.0.0.0/8`, `fd00::/8`, or a single address.
///
/// @param network the first address of the block
/// @param prefix number of leading bits that count
public record Cidr(InetAddress network, int prefix) {
  private static final String FORM =
      "expected a block of addresses such as 10.0.0.0/8 or fd00::/8, or a single IP address";

  /// Reads the notation. Looks nothing up. A block of IPv4-mapped IPv6 addresses becomes the IPv4
  /// block.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text, but names the right block where the address is not the first of its block
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = Addresses.parse(literal);
    if (address == null) {
      throw new IllegalArgumentException(FORM);
    }
    int bits = address.getAddress().length * 8;
    if (slash < 0) {
      return new Cidr(address, bits);
    }
    int mapped = bits == 32 && literal.contains(":") ? 96 : 0;
    int prefix = prefix(text.substring(slash + 1), mapped, bits + mapped) - mapped;
    byte[] bytes = address.getAddress();
    for (int bit = prefix; bit < bits; bit++) {
      bytes[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
    }
    if (!Arrays.equals(bytes, address.getAddress())) {
      throw new IllegalArgumentException(
          "expected %s, the block with this address, or the single address without a slash"
              .formatted(new Cidr(of(bytes), prefix)));
    }
    return new Cidr(address, prefix);
  }

  private static int prefix(String text, int least, int greatest) {
    boolean number =
        !text.isEmpty() && text.length() <= 3 && Quantity.digits(text, 0) == text.length();
    int prefix = number ? Integer.parseInt(text) : -1;
    if (prefix < least || prefix > greatest) {
      throw new IllegalArgumentException(
          "expected a number of bits from %d to %d after the slash".formatted(least, greatest));
    }
    return prefix;
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }

  /// Whether the address lies in the block; IPv4-mapped IPv6 addresses count as IPv4.
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = unmapped(address.getAddress());
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

  private static byte[] unmapped(byte[] address) {
    boolean mapped = address.length == 16 && address[10] == -1 && address[11] == -1;
    for (int i = 0; mapped && i < 10; i++) {
      mapped = address[i] == 0;
    }
    return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }
}
