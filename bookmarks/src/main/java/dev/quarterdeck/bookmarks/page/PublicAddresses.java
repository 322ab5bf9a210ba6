package dev.quarterdeck.bookmarks.page;

import dev.quarterdeck.settings.units.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which addresses lie on the public network. IPv6 addresses that carry an IPv4 address (mapped,
/// compatible, 6to4, NAT64) are judged by that one too.
final class PublicAddresses {
  private record Range(Cidr cidr, String name) {}

  private static final List<Range> FORBIDDEN =
      List.of(
          range("0.0.0.0/8", "this network"),
          range("10.0.0.0/8", "private"),
          range("100.64.0.0/10", "carrier-grade NAT"),
          range("127.0.0.0/8", "loopback"),
          range("169.254.0.0/16", "link-local"),
          range("172.16.0.0/12", "private"),
          range("192.0.0.0/24", "reserved"),
          range("192.0.2.0/24", "documentation"),
          range("192.88.99.0/24", "reserved"),
          range("192.168.0.0/16", "private"),
          range("198.18.0.0/15", "benchmarking"),
          range("198.51.100.0/24", "documentation"),
          range("203.0.113.0/24", "documentation"),
          range("224.0.0.0/4", "multicast"),
          range("240.0.0.0/4", "reserved"),
          range("::/128", "unspecified"),
          range("::1/128", "loopback"),
          range("100::/64", "discard"),
          range("2001::/23", "reserved"),
          range("2001:db8::/32", "documentation"),
          range("3fff::/20", "documentation"),
          range("5f00::/16", "reserved"),
          range("fc00::/7", "private"),
          range("fe80::/10", "link-local"),
          range("fec0::/10", "site-local"),
          range("ff00::/8", "multicast"));

  private PublicAddresses() {}

  private static Range range(String cidr, String name) {
    return new Range(Cidr.parse(cidr), name);
  }

  /// Why an address must not be reached; empty when it may be.
  static Optional<String> fault(InetAddress address) {
    for (Range range : FORBIDDEN) {
      if (range.cidr().contains(address)) {
        return Optional.of(range.name());
      }
    }
    Optional<InetAddress> carried = carried(address);
    boolean global = address instanceof Inet4Address || (address.getAddress()[0] & 0xe0) == 0x20;
    return carried.isPresent() || global
        ? carried.flatMap(PublicAddresses::fault)
        : Optional.of("reserved");
  }

  /// The IPv4 address within an IPv6 one.
  private static Optional<InetAddress> carried(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address || bytes.length != 16) {
      return Optional.empty();
    }
    if (starts(bytes, 0x20, 0x02)) {
      return Optional.of(ipv4(bytes, 2));
    }
    boolean nat64 = starts(bytes, 0x00, 0x64, 0xff, 0x9b);
    boolean compatible = starts(bytes, new int[12]);
    return nat64 || compatible || starts(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
        ? Optional.of(ipv4(bytes, 12))
        : Optional.empty();
  }

  private static boolean starts(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
