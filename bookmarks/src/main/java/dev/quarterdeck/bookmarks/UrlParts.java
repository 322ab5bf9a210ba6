package dev.quarterdeck.bookmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern URL =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?",
          Pattern.DOTALL);
  private static final Pattern PORT = Pattern.compile("(.*?)(?::(\\d{0,5}))?", Pattern.DOTALL);

  /// The pieces, or null when the text is no absolute URL.
  static @Nullable UrlParts of(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      return null;
    }
    String authority = group(matcher, 2);
    int at = authority.lastIndexOf('@');
    String hostAndPort = authority.substring(at + 1);
    Matcher port = PORT.matcher(hostAndPort);
    if (!port.matches()) {
      return null;
    }
    String host = group(port, 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.contains(":") && !bracketed) {
      return null;
    }
    String digits = group(port, 2);
    String path = group(matcher, 3);
    int parameters = path.indexOf(';', path.lastIndexOf('/') + 1);
    return new UrlParts(
        lower(group(matcher, 1)),
        matcher.group(2) != null,
        authority.substring(0, at + 1),
        lower(host),
        digits.isEmpty() ? "" : ":" + Integer.parseInt(digits),
        parameters < 0 ? path : path.substring(0, parameters),
        parameters < 0 ? "" : path.substring(parameters),
        group(matcher, 4),
        group(matcher, 5));
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

  private static String group(Matcher matcher, int number) {
    String found = matcher.group(number);
    return found == null ? "" : found;
  }

  /// A field of a query, decoded.
  record Field(String name, String value) {}
}
