package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.production.Delta;
import dev.quarterdeck.production.Exports;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.runtime.Problem;
import java.util.List;

/// What to deploy and delete to come from one commit, tag or branch to another.
final class ExportRoutes {
  private static final String PATH = "/api/v1/production/";
  private final ProductionSlice slice;
  private final Rows rows;

  ExportRoutes(ProductionSlice slice) {
    this.slice = slice;
    this.rows = new Rows(slice);
  }

  List<Route> routes() {
    return List.of(
        rows.get(
            PATH + "delta",
            "Components to deploy and to delete between two states.",
            "ProductionDelta",
            (request, production) -> Response.json(delta(request, production))),
        rows.get(
                PATH + "package.xml",
                "The components to deploy, as a package.",
                "",
                this::packageXml)
            .answers("application/xml"),
        rows.get(
                PATH + "destructiveChanges.xml",
                "The components to delete, as a package.",
                "",
                this::destructiveChanges)
            .answers("application/xml"));
  }

  private static Delta delta(Request request, Production production) {
    return production.delta(Queries.text(request, "from"), Queries.text(request, "to"));
  }

  private Response packageXml(Request request, Production production) {
    String version = version(request);
    return xml(
        "package.xml", Exports.packageXml(delta(request, production), slice.registry(), version));
  }

  private Response destructiveChanges(Request request, Production production) {
    String version = version(request);
    return xml(
        "destructiveChanges.xml",
        Exports.destructiveChanges(delta(request, production), slice.registry(), version));
  }

  private static String version(Request request) {
    String version = Queries.text(request, "api_version").orElse(Exports.API_VERSION);
    if (!version.matches("[1-9][0-9]{1,2}\\.0")) {
      throw new Problem.BadRequest(
              "api_version_invalid", "api_version: no such version (expected: as 62.0)")
          .raise();
    }
    return version;
  }

  private static Response xml(String file, String text) {
    return Response.text("application/xml; charset=utf-8", text)
        .header("Content-Disposition", "attachment; filename=\"" + file + "\"");
  }
}
