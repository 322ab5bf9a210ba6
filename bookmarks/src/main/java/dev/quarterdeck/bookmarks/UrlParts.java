package dev.quarterdeck.bookmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A URL in pieces, as written except for the case of scheme and host.
///
/// @param user with the `@` behind it, or empty
/// @param port with the `:` before it, or empty
/// @param path up to the parameters of its last segment
/// @param parameters with the `;` before them, or empty
/// @param query without the `?`
/// @param fragment without the `#`
record UrlParts(
    String scheme,
    boolean authority,
    String user,
    String host,
    String port,
    String path,
    String parameters,
    String query,
    String fragment) {
  private static final int PORT_DIGITS = 5;

  /// The pieces, or null when the text is no absolute URL.
  static @Nullable UrlParts of(String url) {
    int colon = schemeEnd(url);
    if (colon < 0) {
      return null;
    }
    int fragment = url.indexOf('#', colon);
    int end = fragment < 0 ? url.length() : fragment;
    int query = url.substring(0, end).indexOf('?', colon);
    int pathEnd = query < 0 ? end : query;
    boolean hasAuthority = url.startsWith("//", colon + 1);
    int pathStart = colon + 1;
    String authority = "";
    if (hasAuthority) {
      pathStart = url.substring(0, pathEnd).indexOf('/', colon + 3);
      pathStart = pathStart < 0 ? pathEnd : pathStart;
      authority = url.substring(colon + 3, pathStart);
    }
    int at = authority.lastIndexOf('@');
    String hostAndPort = authority.substring(at + 1);
    int port = portStart(hostAndPort);
    String host = hostAndPort.substring(0, port);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.contains(":") && !bracketed) {
      return null;
    }
    String digits = port == hostAndPort.length() ? "" : hostAndPort.substring(port + 1);
    String path = url.substring(pathStart, pathEnd);
    int parameters = path.indexOf(';', path.lastIndexOf('/') + 1);
    return new UrlParts(
        lower(url.substring(0, colon)),
        hasAuthority,
        authority.substring(0, at + 1),
        lower(host),
        digits.isEmpty() ? "" : ":" + Integer.parseInt(digits),
        parameters < 0 ? path : path.substring(0, parameters),
        parameters < 0 ? "" : path.substring(parameters),
        query < 0 ? "" : url.substring(query + 1, end),
        fragment < 0 ? "" : url.substring(fragment + 1));
  }

  /// Index of the colon behind the scheme, -1 when there is none.
  private static int schemeEnd(String url) {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean inside = i > 0 && (digit(c) || c == '+' || c == '.' || c == '-');
      if (!letter && !inside) {
        return c == ':' && i > 0 ? i : -1;
      }
    }
    return -1;
  }

  /// Index of the colon before the port, the length when there is none.
  private static int portStart(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    int digits = hostAndPort.length() - colon - 1;
    boolean port = colon >= 0 && digits <= PORT_DIGITS;
    for (int i = colon + 1; port && i < hostAndPort.length(); i++) {
      port = digit(hostAndPort.charAt(i));
    }
    return port ? colon : hostAndPort.length();
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// The first key: see [UrlKeys#same].
  String same() {
    return joined(scheme + ":", user, host, port, withoutSlashes(path), sorted(fields()));
  }

  /// The key of changed pieces.
  String joined(
      String start, String who, String where, String at, String newPath, String newQuery) {
    return start
        + (authority ? "//" + who + where + at : "")
        + newPath
        + parameters
        + (newQuery.isEmpty() ? "" : "?" + newQuery)
        + (fragment.isEmpty() ? "" : "#" + fragment);
  }

  static String withoutSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /// The decoded fields of the query, blank values kept.
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (String piece : query.split("&", -1)) {
      if (!piece.isEmpty()) {
        int equals = piece.indexOf('=');
        fields.add(
            new Field(
                PercentCode.decode((equals < 0 ? piece : piece.substring(0, equals))),
                PercentCode.decode(equals < 0 ? "" : piece.substring(equals + 1))));
      }
    }
    return fields;
  }

  static String sorted(List<Field> fields) {
    StringBuilder text = new StringBuilder();
    fields.stream()
        .sorted(Comparator.comparing(Field::name).thenComparing(Field::value))
        .forEach(
            field ->
                text.append(text.isEmpty() ? "" : "&")
                    .append(PercentCode.encode(field.name()))
                    .append('=')
                    .append(PercentCode.encode(field.value())));
    return text.toString();
  }

  /// A field of a query, decoded.
  record Field(String name, String value) {}
}
