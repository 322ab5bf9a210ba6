package dev.quarterdeck.bookmarks.page;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;

/// Looks names up, once per connection, and lets only addresses through that may be reached. The
/// connection goes to the very addresses that were checked: there is no second lookup that could
/// answer otherwise.
final class CheckedNames implements DnsResolver {
  /// Looks a name up.
  @FunctionalInterface
  interface Lookup {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Lookup lookup;
  private final Set<String> allowed;

  /// @param allowed hosts of the internal network that may be reached all the same
  CheckedNames(Lookup lookup, List<String> allowed) {
    this.lookup = lookup;
    this.allowed = allowed.stream().map(CheckedNames::plain).collect(Collectors.toSet());
  }

  private static String plain(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      return name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = lookup.resolve(plain(host));
    if (allowed.contains(plain(host))) {
      return addresses;
    }
    // One bad address spoils the name: which one a connection takes is not ours to choose.
    for (InetAddress address : addresses) {
      Optional<String> fault = PublicAddresses.fault(address);
      if (fault.isPresent()) {
        throw new ForbiddenAddress(host, fault.get());
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /// The address is not one of the public network. Says which kind it is, never which address: who
  /// asks must not learn what names mean in here.
  static final class ForbiddenAddress extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddress(String host, String kind) {
      super(
          host
              + ": is not on the public network but "
              + kind
              + " (FETCH_ALLOW_HOSTS lists hosts that may be fetched all the same)");
    }
  }
}
