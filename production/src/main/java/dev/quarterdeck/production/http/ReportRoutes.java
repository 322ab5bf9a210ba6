package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.production.ComponentDiff;
import dev.quarterdeck.production.ComponentQuery;
import dev.quarterdeck.production.Deployment;
import dev.quarterdeck.production.Drift;
import dev.quarterdeck.production.HistoryReport;
import dev.quarterdeck.production.OrgComparison.Org;
import dev.quarterdeck.production.Overlap;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.ProductionSlice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// History and lines of a component, deployments, drift, overlap.
final class ReportRoutes {
  private static final String PATH = "/api/v1/production/";
  private final Rows rows;

  ReportRoutes(ProductionSlice slice) {
    this.rows = new Rows(slice);
  }

  List<Route> routes() {
    return List.of(
        rows.get(
            PATH + "history",
            "The newest commits of a component on a branch.",
            "ProductionHistory",
            this::history),
        rows.get(
            PATH + "diff",
            "How a component differs between two branches, line by line.",
            "ProductionDiff",
            this::diff),
        rows.get(
            PATH + "deployments",
            "What was deployed to production and the environments, newest first.",
            "ProductionDeployments",
            this::deployments),
        rows.get(
            PATH + "drift",
            "Where an environment and production have come apart.",
            "ProductionDrift",
            this::drift),
        rows.get(
            PATH + "overlap",
            "Components that two or more open branches change.",
            "ProductionOverlap",
            (_, production) -> overlap(production)));
  }

  private static ComponentQuery component(Request request) {
    return new ComponentQuery(
        Queries.text(request, "type").orElse(null), Queries.required(request, "name"));
  }

  private Response history(Request request, Production production) {
    ComponentQuery component = component(request);
    int limit = request.queryInt("limit", 20, 1, 1000);
    String branch = Queries.text(request, "branch").orElseGet(() -> production.info().branch());
    Org org = new Org(branch, branch);
    HistoryReport report = production.history(org, org, List.of(component), limit);
    HistoryReport.Row row = report.rows().getFirst();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("snapshot", report.snapshot());
    answer.put("component_type", row.type());
    answer.put("component_name", row.name());
    answer.put("branch", branch);
    answer.put("limit", limit);
    answer.putAll(CompareRoutes.side(row.orgA()));
    answer.put("error", row.error().orElse(null));
    return Response.json(answer);
  }

  private Response diff(Request request, Production production) {
    ComponentQuery component = component(request);
    String to = Queries.required(request, "to");
    String from = Queries.text(request, "from").orElseGet(() -> production.info().branch());
    ComponentDiff diff = production.diff(component, from, to);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("snapshot", diff.snapshot());
    answer.put("component_type", diff.type());
    answer.put("component_name", diff.name());
    answer.put("from", diff.from());
    answer.put("to", diff.to());
    answer.put("found", diff.found());
    answer.put("files", diff.files());
    return Response.json(answer);
  }

  private Response deployments(Request request, Production production) {
    Deployment.Query query =
        new Deployment.Query(
            List.copyOf(Queries.texts(request, "environment")),
            Queries.text(request, "story"),
            List.copyOf(Queries.constants(request, "kind", Deployment.Kind.class)),
            Queries.flag(request, "components"),
            request.queryInt("limit", 50, 1, 1000));
    return Response.json(production.deployments(query));
  }

  private Response drift(Request request, Production production) {
    Drift drift = production.drift(Queries.required(request, "environment"));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("snapshot", drift.snapshot());
    answer.put("environment", drift.environment());
    answer.put("commit", drift.commit());
    answer.put("items", drift.items());
    answer.put("back_promotions", drift.backPromotions());
    answer.put("out_of_band", drift.outOfBand());
    answer.put("merge_bases", drift.mergeBases());
    answer.put("all_merge_bases", drift.allMergeBases());
    answer.put("production_ahead", drift.productionAhead());
    answer.put("environment_ahead", drift.environmentAhead());
    answer.put("complete", drift.complete());
    return Response.json(answer);
  }

  private static Response overlap(Production production) {
    Overlap overlap = production.overlap();
    return Response.json(overlap);
  }
}
