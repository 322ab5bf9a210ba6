package dev.quarterdeck.production.http;

import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.production.ProductionSlice;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// All routes of production state.
public final class ProductionRoutes {
  private ProductionRoutes() {}

  /// The rows for the route table.
  public static List<Route> of(ProductionSlice slice) {
    return Stream.of(
            new StateRoutes(slice).routes(),
            new CompareRoutes(slice).routes(),
            new CommitRoutes(slice).routes(),
            new TypeRoutes(slice).routes(),
            new MatrixRoutes(slice).routes(),
            new ReportRoutes(slice).routes(),
            new ExportRoutes(slice).routes())
        .flatMap(List::stream)
        .toList();
  }

  /// The schemas that the rows name.
  public static Map<String, JsonNode> schemas() {
    return OpenApi.schemas(ProductionRoutes.class, "schemas.json");
  }
}
