package dev.quarterdeck.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is known of a request before its route is: headers, cookies, addresses, its id.
final class RequestHead {
  private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Headers headers;
  private final InetAddress peer;
  private final InetAddress client;
  private final boolean secure;
  private final boolean trustedPeer;
  private final Map<String, String> cookies;

  RequestHead(ServerRequest request, ClientAddresses addresses) {
    this.headers = request.headers();
    this.peer =
        request.remotePeer().address() instanceof InetSocketAddress address
            ? address.getAddress()
            : InetAddress.getLoopbackAddress();
    this.trustedPeer = addresses.trusts(peer);
    this.client = addresses.client(peer, all("X-Forwarded-For", ","));
    this.secure =
        request.isSecure()
            || (trustedPeer
                && header("X-Forwarded-Proto").map(p -> p.equalsIgnoreCase("https")).orElse(false));
    this.cookies = cookies(all("Cookie", ";"));
  }

  /// The id that a trusted proxy gave the request, if it is a sane one.
  Optional<String> proxyRequestId() {
    return trustedPeer
        ? header("X-Request-ID").filter(id -> SANE_ID.matcher(id).matches())
        : Optional.empty();
  }

  Optional<String> header(String name) {
    HeaderName key = HeaderNames.create(name);
    return headers.contains(key)
        ? Optional.of(headers.get(key).allValues().getFirst())
        : Optional.empty();
  }

  private String all(String name, String separator) {
    HeaderName key = HeaderNames.create(name);
    return headers.contains(key) ? String.join(separator, headers.get(key).allValues()) : "";
  }

  /// The media type of the body in lower case without parameters, empty when none is named.
  String mediaType() {
    String type = header("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /// The length of the body, -1 when it comes in chunks, 0 when there is none.
  long contentLength() {
    if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      return -1;
    }
    return headers.contentLength().orElse(0);
  }

  boolean expectsContinue() {
    return headers.contains(HeaderNames.EXPECT);
  }

  boolean wantsClose() {
    return header("Connection")
        .map(v -> v.toLowerCase(Locale.ROOT).contains("close"))
        .orElse(false);
  }

  Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name));
  }

  InetAddress peer() {
    return peer;
  }

  InetAddress client() {
    return client;
  }

  boolean secure() {
    return secure;
  }

  private static Map<String, String> cookies(String header) {
    Map<String, String> cookies = new HashMap<>();
    int from = 0;
    while (from < header.length()) {
      int semicolon = header.indexOf(';', from);
      int end = semicolon < 0 ? header.length() : semicolon;
      String pair = header.substring(from, end);
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String value = pair.substring(equals + 1).strip();
        if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
          value = value.substring(1, value.length() - 1);
        }
        cookies.putIfAbsent(pair.substring(0, equals).strip(), value);
      }
      from = end + 1;
    }
    return cookies;
  }
}
