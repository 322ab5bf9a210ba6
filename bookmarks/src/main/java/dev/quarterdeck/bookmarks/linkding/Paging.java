package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A page by limit and offset, as linkding's clients ask for it: no greatest limit, and what is no
/// number counts as absent.
///
/// @param parameters the other parameters of the query that addresses of neighbours keep
record Paging(int limit, int offset, Request request, List<String> parameters) {
  private static final int USUAL = 100;

  /// What a page may hold at most: the answer is made in memory. `next` leads to the rest.
  static final int MOST = 10_000;

  static Paging of(Request request, String... parameters) {
    int limit = number(request, "limit");
    return new Paging(
        limit < 1 ? USUAL : Math.min(limit, MOST),
        Math.max(0, number(request, "offset")),
        request,
        List.of(parameters));
  }

  private static int number(Request request, String name) {
    String text = request.query(name).orElse("").strip();
    if (!text.matches("[0-9]{1,18}")) {
      return -1;
    }
    return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text));
  }

  /// The part of a whole list that is this page.
  <T> List<T> part(List<T> all) {
    int from = Math.min(offset, all.size());
    return all.subList(from, (int) Math.min(all.size(), (long) from + limit));
  }

  Response response(long count, List<?> results) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("count", count);
    envelope.put("next", (long) offset + limit < count ? address((long) offset + limit) : null);
    envelope.put("previous", offset > 0 ? address(Math.max(0, offset - limit)) : null);
    envelope.put("results", results);
    return Response.json(envelope);
  }

  private String address(long at) {
    List<String> fields = new ArrayList<>();
    fields.add("limit=" + limit);
    if (at > 0) {
      fields.add("offset=" + at);
    }
    for (String name : parameters) {
      request
          .query(name)
          .ifPresent(
              value -> fields.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    }
    fields.sort(null);
    return base(request) + slashed(request.path()) + "?" + String.join("&", fields);
  }

  private static String slashed(String path) {
    return path.endsWith("/") ? path : path + "/";
  }

  /// The address that the client knows this server by, without a slash at the end.
  static String base(Request request) {
    return (request.secure() ? "https://" : "http://") + request.header("Host").orElse("localhost");
  }
}
