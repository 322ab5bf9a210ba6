package dev.quarterdeck.bookmarks.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Hosts of addresses. Nothing here fails: whatever was stored has a host, if only an empty one.
final class Sites {
  private Sites() {}

  /// The host of an address in lower case, without user, port and a leading `www.`; empty when
  /// there is none, as in `javascript:`.
  static String host(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return "";
    }
    int from = scheme + 3;
    int end = from;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int user = url.lastIndexOf('@', end - 1);
    if (user >= from) {
      from = user + 1;
    }
    return typed(url.substring(from, end));
  }

  /// A host as a person types it, with or without port, `www.`, wildcard or a scheme before it.
  static String typed(String text) {
    if (text.contains("://")) {
      return host(text);
    }
    String host = text.toLowerCase(Locale.ROOT).strip();
    int bracket = host.startsWith("[") ? host.indexOf(']') : -1;
    int port = host.indexOf(':', Math.max(bracket, 0));
    if (port >= 0) {
      host = host.substring(0, port);
    }
    while (host.startsWith("*") || host.startsWith(".")) {
      host = host.substring(1);
    }
    while (host.endsWith(".") || host.endsWith("/")) {
      host = host.substring(0, host.length() - 1);
    }
    return host.startsWith("www.") ? host.substring(4) : host;
  }

  /// The host and every domain above it: `a.b.org`, `b.org`, `org`. An IP address has none above
  /// it.
  static List<String> domains(String host) {
    List<String> domains = new ArrayList<>();
    if (!host.isEmpty()) {
      domains.add(host);
    }
    boolean address =
        host.startsWith("[")
            || (!host.isEmpty() && Character.isDigit(host.charAt(host.length() - 1)));
    for (int dot = host.indexOf('.'); dot >= 0 && !address; dot = host.indexOf('.', dot + 1)) {
      domains.add(host.substring(dot + 1));
    }
    return domains;
  }

  /// Whether a host is this one or below it.
  static boolean within(String host, String domain) {
    return !domain.isEmpty() && domains(host).contains(domain);
  }
}
