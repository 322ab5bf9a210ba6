package dev.quarterdeck.bookmarks.exchange.http;

import dev.quarterdeck.bookmarks.exchange.Exports;
import dev.quarterdeck.bookmarks.exchange.Imports;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// All routes of imports and exports.
public final class ExchangeRoutes {
  private ExchangeRoutes() {}

  /// The rows for the route table.
  ///
  /// @param jobs does the work of both
  public static List<Route> of(Jobs jobs, Imports imports, Exports exports) {
    List<Route> routes = new ArrayList<>(new ImportRoutes(jobs, imports).routes());
    routes.addAll(new ExportRoutes(jobs, exports).routes());
    return routes;
  }

  /// The schemas that the rows name.
  public static Map<String, JsonNode> schemas() {
    return OpenApi.schemas(ExchangeRoutes.class, "schemas.json");
  }
}
