package dev.quarterdeck.production.source.bitbucket;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;

/// Builds targets. Every byte that is not unreserved in a URL is percent-encoded, `%` too: a name
/// that looks encoded already stays what it is.
final class Urls {
  private static final String UNRESERVED = "-._~";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final StringBuilder text;
  private char separator = '?';

  private Urls(String start) {
    this.text = new StringBuilder(start);
  }

  static Urls at(String start) {
    return new Urls(start);
  }

  /// Adds a slash and one name, in which a slash is encoded.
  Urls name(String name) {
    text.append('/');
    encode(name, false);
    return this;
  }

  /// Adds a slash and a path, whose slashes divide.
  Urls path(String path) {
    text.append('/');
    encode(path, true);
    return this;
  }

  Urls query(String name, String value) {
    text.append(separator).append(name).append('=');
    separator = '&';
    encode(value, false);
    return this;
  }

  Urls query(String name, int value) {
    return query(name, Integer.toString(value));
  }

  Urls query(String name, Collection<String> values) {
    values.forEach(value -> query(name, value));
    return this;
  }

  private void encode(String value, boolean slashesDivide) {
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0
              || (slashesDivide && c == '/');
      if (plain) {
        text.append(c);
      } else {
        text.append('%').append(HEX.toHexDigits(each));
      }
    }
  }

  String text() {
    return text.toString();
  }
}
