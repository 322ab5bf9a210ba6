package dev.quarterdeck.bookmarks.page;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Checks what an address says before anything is looked up.
final class WebAddress {
  private WebAddress() {}

  /// The address as it is asked for: without user information and fragment, its host in ASCII.
  ///
  /// @throws FetchException it is none of the web
  static URI check(URI address, FetchRules rules) throws FetchException {
    @Nullable String scheme = address.getScheme();
    String kind = scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    if (!kind.equals("http") && !kind.equals("https")) {
      throw new FetchException("only http and https are fetched, not " + kind);
    }
    if (address.getRawUserInfo() != null) {
      throw new FetchException("an address with a user name or password is not fetched");
    }
    String host = host(address);
    int port = address.getPort();
    int effective = port >= 0 ? port : kind.equals("http") ? 80 : 443;
    if (!rules.reaches(host, effective)) {
      throw new FetchException(host + ": port " + effective + " is not fetched");
    }
    try {
      String authority = port >= 0 ? host + ":" + port : host;
      @Nullable String path = address.getRawPath();
      @Nullable String query = address.getRawQuery();
      return new URI(
          kind
              + "://"
              + authority
              + (path == null || path.isEmpty() ? "/" : path)
              + (query == null ? "" : "?" + query));
    } catch (URISyntaxException impossible) {
      throw new FetchException("the address cannot be read", impossible);
    }
  }

  private static String host(URI address) throws FetchException {
    @Nullable String host = address.getHost();
    if (host == null) {
      // What java.net.URI takes for no host: names with other letters, or with an underscore.
      @Nullable String authority = address.getRawAuthority();
      if (authority == null || authority.contains("@")) {
        throw new FetchException("the address names no host");
      }
      int colon = authority.lastIndexOf(':');
      if (colon >= 0) {
        throw new FetchException("the host cannot be read: " + authority.substring(0, colon));
      }
      host = authority;
    }
    try {
      return host.startsWith("[") ? host : IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException wrong) {
      throw new FetchException("the host cannot be read: " + host, wrong);
    }
  }
}
