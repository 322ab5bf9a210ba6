package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import java.util.List;

/// Entity tags of answers that rest on a snapshot. The URL belongs to the answer, so the snapshot's
/// own tag is enough.
final class Tags {
  private Tags() {}

  static String of(String etag) {
    return "W/\"" + etag + "\"";
  }

  /// Whether the caller has the answer that rests on this.
  static boolean matches(Request request, String etag) {
    String known = request.header("If-None-Match").orElse("");
    String quoted = "\"" + etag + "\"";
    for (String one : List.of(known.split(",", -1))) {
      String tag = one.strip();
      if (tag.equals("*") || tag.equals(quoted) || tag.equals("W/" + quoted)) {
        return true;
      }
    }
    return false;
  }

  static Response notModified(String tag) {
    return headers(Response.noContent().status(304), tag);
  }

  /// The answer with its tag, or only that nothing changed.
  static Response tagged(Request request, String etag, Response answer) {
    String tag = of(etag);
    return matches(request, etag) ? notModified(tag) : headers(answer, tag);
  }

  private static Response headers(Response answer, String tag) {
    return answer.header("ETag", tag).header("Cache-Control", "private, no-cache");
  }
}
