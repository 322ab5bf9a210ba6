package dev.quarterdeck.bookmarks;

import java.net.IDN;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// The second key: see [UrlKeys#alike].
final class WiderKey {
  private static final Set<String> TRACKING =
      Set.of(
          "fbclid",
          "gclid",
          "dclid",
          "gbraid",
          "wbraid",
          "msclkid",
          "yclid",
          "twclid",
          "ttclid",
          "igshid",
          "igsh",
          "mc_cid",
          "mc_eid",
          "mkt_tok",
          "oly_anon_id",
          "oly_enc_id",
          "vero_id",
          "_hsenc",
          "_hsmi",
          "hsctatracking",
          "wickedid",
          "s_cid",
          "srsltid",
          "ref_src",
          "ref_url",
          "_ga",
          "_gl");

  private WiderKey() {}

  static String of(UrlParts parts) {
    boolean web = parts.scheme().equals("http") || parts.scheme().equals("https");
    String host = host(parts.host());
    String port = isDefault(parts) ? "" : parts.port();
    String path = UrlParts.withoutSlashes(withoutDots(PercentCode.spelled(parts.path())));
    List<UrlParts.Field> kept =
        parts.fields().stream().filter(field -> !tracks(UrlParts.lower(field.name()))).toList();
    String start = web ? "" : parts.scheme() + ":";
    return parts.joined(start, parts.user(), host, port, path, UrlParts.sorted(kept));
  }

  private static boolean tracks(String name) {
    return name.startsWith("utm_") || TRACKING.contains(name);
  }

  private static boolean isDefault(UrlParts parts) {
    return (parts.scheme().equals("http") && parts.port().equals(":80"))
        || (parts.scheme().equals("https") && parts.port().equals(":443"));
  }

  private static String host(String host) {
    String dotless = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String bare =
        dotless.startsWith("www.") && dotless.indexOf('.', 4) > 0 ? dotless.substring(4) : dotless;
    if (bare.chars().allMatch(c -> c < 0x80)) {
      return bare;
    }
    try {
      return UrlParts.lower(IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED));
    } catch (IllegalArgumentException noName) {
      return bare;
    }
  }

  /// Removes `.` and resolves `..`, as a browser does before it asks.
  private static String withoutDots(String path) {
    if (!path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      switch (segment) {
        case "." -> {}
        case ".." -> {
          if (kept.size() > 1) {
            kept.removeLast();
          }
        }
        default -> kept.addLast(segment);
      }
    }
    return String.join("/", kept);
  }
}
