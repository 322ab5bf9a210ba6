package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.production.ComponentQuery;
import dev.quarterdeck.production.DeploymentComparison;
import dev.quarterdeck.production.LastCommit;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.production.StateReport;
import dev.quarterdeck.runtime.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which components are in production, and what a deployment would do to them.
final class StateRoutes {
  /// The environment that the documented API compares production with.
  static final String UAT = "uatsfdc";

  private static final String EMPTY = "components: the list is empty (expected: at least one)";
  private final Rows rows;

  StateRoutes(ProductionSlice slice) {
    this.rows = new Rows(slice);
  }

  List<Route> routes() {
    return List.of(
        rows.post(
            "/api/production-state",
            "Which components are in production, at which commit, by whom.",
            "ProductionStateRequest",
            "ProductionState",
            this::state),
        rows.post(
            "/api/compare-deployment",
            "What deploying components would do to production.",
            "CompareDeploymentRequest",
            "DeploymentComparison",
            this::compareDeployment));
  }

  private Response state(Request request, Production production) {
    Bodies body = Bodies.of(request);
    Optional<String> branch = body.name("branch", "prod_branch");
    List<ComponentQuery> components = body.components();
    body.fields().check();
    if (components.isEmpty()) {
      Map<String, Object> refused = new LinkedHashMap<>();
      refused.put("success", false);
      refused.put("error", EMPTY);
      refused.put("branch", branch.orElse("master"));
      refused.put("production_state", List.of());
      return Response.json(400, refused);
    }
    StateReport report = production.state(branch, components);
    Map<String, @Nullable Object> answer = Shapes.success(report.snapshot());
    answer.put("branch", report.branch());
    answer.put("checked_at", report.checkedAt());
    answer.put("total_components", report.rows().size());
    answer.put("existing", report.existing());
    answer.put("missing", report.missing());
    answer.put("production_state", report.rows().stream().map(StateRoutes::row).toList());
    return Response.json(answer);
  }

  private static Map<String, @Nullable Object> row(StateReport.Row row) {
    Optional<LastCommit> last = row.last();
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("component_name", row.name());
    shown.put("component_type", row.type());
    shown.put("exists_in_prod", row.exists());
    shown.put("file_path", row.path().orElse(null));
    shown.put("file_size", row.size().isPresent() ? row.size().getAsLong() : null);
    shown.put("last_author", last.map(Shapes::author).orElse(null));
    shown.put("last_commit_date", last.map(LastCommit::date).orElse(null));
    shown.put("last_commit_hash", Shapes.hash(last));
    shown.put("last_commit_message", last.map(LastCommit::message).orElse(null));
    shown.put("pending", row.pending());
    shown.put("files", row.files());
    row.keptIn().ifPresent(owner -> shown.put("kept_in", owner));
    row.error().ifPresent(error -> shown.put("error", error));
    return shown;
  }

  private Response compareDeployment(Request request, Production production) {
    Bodies body = Bodies.of(request);
    Optional<String> prod = body.name("prod_branch", "branch");
    String uat = body.name("uat_branch").orElse(UAT);
    List<ComponentQuery> components = body.components();
    notEmpty(body, components);
    body.fields().check();
    DeploymentComparison result = production.compareDeployment(components, prod, uat);
    List<Object> comparison = new ArrayList<>();
    for (DeploymentComparison.Row row : result.rows()) {
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      shown.put("component_name", row.name());
      shown.put("component_type", row.type());
      shown.put("status", row.status());
      shown.put("in_production", row.inProduction());
      shown.put("in_uat", row.inBranch());
      shown.put("file_path", row.path().orElse(null));
      row.error().ifPresent(error -> shown.put("error", error));
      comparison.add(shown);
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("total", result.rows().size());
    for (DeploymentComparison.Status status : DeploymentComparison.Status.values()) {
      summary.put(status.name().toLowerCase(Locale.ROOT), result.count(status));
    }
    Map<String, @Nullable Object> answer = Shapes.success(result.snapshot());
    answer.put("comparison", comparison);
    answer.put("summary", summary);

    answer.put("compared_at", result.comparedAt());
    return Response.json(answer);
  }

  /// The list must not be empty, unless something else is wrong with it already.
  static void notEmpty(Bodies body, List<ComponentQuery> components) {
    body.fields().check();
    if (components.isEmpty()) {
      throw new Problem.BadRequest("components_empty", EMPTY).raise();
    }
  }
}
