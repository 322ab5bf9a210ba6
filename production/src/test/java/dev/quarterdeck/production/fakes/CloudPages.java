package dev.quarterdeck.production.fakes;

import dev.quarterdeck.production.fakes.FakeBitbucket.Refused;
import dev.quarterdeck.production.fakes.FakeBitbucket.Undocumented;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Paging of Bitbucket Cloud: a page names the next one by a token that means nothing to others. A
/// client that builds tokens, or changes other parameters on the way, fails its test.
final class CloudPages {
  private final Map<String, Rest> rests = new ConcurrentHashMap<>();
  private final AtomicLong tokens = new AtomicLong(36L * 36 * 36 * 7);
  private volatile boolean endless;

  /// From now on every last page names itself as the next one.
  void endless() {
    endless = true;
  }

  /// The page that the request asks for.
  ///
  /// @param all makes the whole list when a first page is asked for
  <T> ObjectNode page(
      Request request,
      String base,
      int standard,
      int max,
      Listing<T> all,
      Function<T, JsonNode> shape)
      throws IOException {
    int length = FakeBitbucket.number(request, "pagelen", standard);
    if (length < 1 || length > max) {
      throw new Refused(400, "Invalid pagelen");
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>(request.parameters());
    parameters.remove("page");
    @Nullable String token = request.parameter("page").orElse(null);
    List<JsonNode> items;
    int from;
    if (token == null) {
      items = all.list().stream().map(shape).toList();
      from = 0;
    } else {
      Rest rest = rests.get(token);
      if (rest == null) {
        throw new Refused(400, "Invalid page");
      }
      if (!rest.parameters().equals(parameters) || !rest.path().equals(request.rawPath())) {
        throw new Undocumented("a next link was not followed as it was given");
      }
      items = rest.items();
      from = rest.from();
    }
    int to = Math.min(items.size(), from + length);
    ObjectNode page = Json.object();
    page.put("pagelen", length);
    ArrayNode values = page.putArray("values");
    items.subList(from, to).forEach(values::add);
    if (to < items.size() || endless) {
      page.put(
          "next",
          next(
              request,
              base,
              parameters,
              new Rest(
                  request.rawPath(),
                  parameters,
                  items,
                  endless && to == items.size() ? from : to)));
    }
    return page;
  }

  private String next(
      Request request, String base, Map<String, List<String>> parameters, Rest rest) {
    String token = Long.toString(tokens.addAndGet(7919), 36);
    rests.put(token, rest);
    StringBuilder url = new StringBuilder(base + request.rawPath() + "?page=" + token);
    parameters.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    url.append("&" + name + "=")
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return url.toString();
  }

  private record Rest(
      String path, Map<String, List<String>> parameters, List<JsonNode> items, int from) {}

  /// Makes a list.
  interface Listing<T> {
    List<T> list() throws IOException;
  }
}
