package dev.quarterdeck.production.fakes;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Paging of Bitbucket Data Center.
final class DataCenterPages {
  private static final int STANDARD = 25;

  private DataCenterPages() {}

  /// The page that the request asks for.
  ///
  /// @param max a larger limit is taken as this, silently
  /// @param cut the list is not whole: then no page is the last, and none goes on
  /// @param endless every page names itself as the next
  static <T> ObjectNode page(
      Request request,
      List<T> all,
      Function<T, ? extends JsonNode> shape,
      int max,
      boolean cut,
      boolean endless) {
    int start = FakeBitbucket.number(request, "start", 0);
    int limit = Math.min(FakeBitbucket.number(request, "limit", STANDARD), max);
    int end = Math.min(all.size(), start + limit);
    ObjectNode page = Json.object();
    ArrayNode values = page.putArray("values");
    for (T each : all.subList(Math.min(start, end), end)) {
      values.add(shape.apply(each));
    }
    page.put("size", values.size());
    page.put("start", start);
    page.put("limit", limit);
    boolean last = end == all.size() && !cut && !endless;
    page.put("isLastPage", last);
    if (last) {
      page.putNull("nextPageStart");
    } else {
      page.put("nextPageStart", endless ? start : end);
    }
    return page;
  }
}
