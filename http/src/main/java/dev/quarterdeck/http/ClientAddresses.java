package dev.quarterdeck.http;

import dev.quarterdeck.settings.units.Cidr;
import java.net.InetAddress;
import java.util.List;

/// Finds the address of the client behind trusted proxies (`TRUSTED_PROXIES`). Immutable.
final class ClientAddresses {
  private final List<Cidr> trusted;

  ClientAddresses(List<Cidr> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  boolean trusts(InetAddress address) {
    return trusted.stream().anyMatch(block -> block.contains(address));
  }

  /// The right-most address that is no trusted proxy; whoever is left of it may have been invented.
  ///
  /// @param peer the other end of the connection
  /// @param forwardedFor the values of `X-Forwarded-For`, in order, joined by commas
  InetAddress client(InetAddress peer, String forwardedFor) {
    InetAddress client = peer;
    List<String> hops = List.of(forwardedFor.split(",", -1));
    for (int i = hops.size() - 1; i >= 0 && trusts(client); i--) {
      String hop = hops.get(i).strip();
      if (hop.isEmpty()) {
        continue;
      }
      try {
        client = InetAddress.ofLiteral(withoutPort(hop));
      } catch (IllegalArgumentException noAddress) {
        return client;
      }
    }
    return client;
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    boolean onlyOne = colon >= 0 && colon == hop.lastIndexOf(':');
    return onlyOne ? hop.substring(0, colon) : hop;
  }
}
