package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.production.CellState;
import dev.quarterdeck.production.Exports;
import dev.quarterdeck.production.Matrix;
import dev.quarterdeck.production.MatrixQuery;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.production.SnapshotInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The matrix of components and environments, and what answers rest on. An answer has a tag, by
/// which a caller asks again for what it has.
final class MatrixRoutes {
  private static final String PATH = "/api/v1/production/";
  private final ProductionSlice slice;
  private final Rows rows;

  MatrixRoutes(ProductionSlice slice) {
    this.slice = slice;
    this.rows = new Rows(slice);
  }

  List<Route> routes() {
    return List.of(
        rows.get(
            PATH + "matrix",
            "Components and how every environment stands to production; filtered, by pages.",
            "ProductionMatrix",
            this::matrix),
        rows.get(
                PATH + "matrix.csv",
                "The same as comma-separated values, all pages in one.",
                "",
                this::csv)
            .answers("text/csv"),
        rows.get(
            PATH + "snapshot",
            "What answers rest on now: commits, age, warnings.",
            "ProductionSnapshot",
            this::snapshot),
        rows.row(
                Route.Method.POST,
                PATH + "refresh",
                "Makes the next question ask for the branches again, as after a push.",
                (_, production) -> refresh(production))
            .successStatus(204));
  }

  private Response matrix(Request request, Production production) {
    MatrixQuery query = query(request, MatrixQuery.PAGE);
    boolean explain = Queries.flag(request, "explain");
    if (query.at().isEmpty() && !explain && Tags.matches(request, production.info().etag())) {
      return Tags.notModified(Tags.of(production.info().etag()));
    }
    Matrix matrix = production.matrix(query);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("snapshot", matrix.snapshot());
    answer.put("environments", matrix.environments());
    answer.put("rows", matrix.rows());
    answer.put("total", matrix.total());
    answer.put("limit", query.limit());
    answer.put("offset", query.offset());
    answer.put("cursor", matrix.cursor().orElse(null));
    answer.put("facets", matrix.facets());
    answer.put("unknown", matrix.unknown());
    if (explain) {
      answer.put("explain", explained(production));
      return Response.json(answer);
    }
    return Tags.tagged(request, matrix.snapshot().etag(), Response.json(answer));
  }

  private Response csv(Request request, Production production) {
    MatrixQuery query = query(request, MatrixQuery.LARGEST_PAGE);
    String text = Exports.csv(production.matrix(query));
    return Response.text("text/csv; charset=utf-8", text)
        .header("Content-Disposition", "attachment; filename=\"production-matrix.csv\"");
  }

  private Response snapshot(Request request, Production production) {
    SnapshotInfo info = production.info();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("snapshot", info);
    if (Queries.flag(request, "explain")) {
      answer.put("explain", explained(production));
    }
    return Response.json(answer);
  }

  private static Response refresh(Production production) {
    production.expire();
    return Response.noContent();
  }

  private Map<String, @Nullable Object> explained(Production production) {
    Map<String, @Nullable Object> explain = new LinkedHashMap<>();
    explain.put("last_refresh_requests", production.lastRefreshRequests());
    explain.put("upstream", slice.meter().read());
    return explain;
  }

  private static MatrixQuery query(Request request, int page) {
    Optional<String> cursor = Queries.text(request, "cursor");
    return new MatrixQuery(
        Queries.text(request, "at"),
        Queries.texts(request, "type"),
        Queries.text(request, "name"),
        Queries.text(request, "author"),
        Queries.text(request, "story"),
        Queries.constants(request, "status", CellState.class),
        Queries.texts(request, "environment"),
        Queries.moment(request, "since"),
        Queries.moment(request, "until"),
        request.queryInt("limit", page, 1, MatrixQuery.LARGEST_PAGE),
        request.queryInt("offset", 0, 0, Integer.MAX_VALUE),
        cursor);
  }
}
