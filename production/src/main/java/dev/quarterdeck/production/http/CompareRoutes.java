package dev.quarterdeck.production.http;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.production.ComponentDiff;
import dev.quarterdeck.production.ComponentQuery;
import dev.quarterdeck.production.HistoryReport;
import dev.quarterdeck.production.OrgComparison;
import dev.quarterdeck.production.OrgComparison.Org;
import dev.quarterdeck.production.Production;
import dev.quarterdeck.production.ProductionSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Components on two branches, side by side: state, history and lines.
final class CompareRoutes {
  private static final int MOST = 1_000_000;
  private final Rows rows;

  CompareRoutes(ProductionSlice slice) {
    this.rows = new Rows(slice);
  }

  List<Route> routes() {
    return List.of(
        rows.post(
            "/api/compare-orgs",
            "How components stand on two branches.",
            "CompareOrgsRequest",
            "OrgComparison",
            this::compare),
        rows.post(
            "/api/component-history",
            "The newest commits of components on two branches.",
            "ComponentHistoryRequest",
            "ComponentHistory",
            this::history),
        rows.post(
            "/api/component-diff-details",
            "Lines added and removed in each file of a component between two branches.",
            "ComponentDiffRequest",
            "ComponentDiffDetails",
            this::details),
        rows.post(
            "/api/get-code-diff",
            "The unified diff of each file of a component between production and an environment.",
            "CodeDiffRequest",
            "CodeDiff",
            this::code));
  }

  private Response compare(Request request, Production production) {
    Bodies body = Bodies.of(request);
    Orgs orgs = orgs(body, production);
    List<ComponentQuery> components = body.components();
    boolean diffs = body.fields().bool("include_diffs", false);
    boolean changedOnly = body.fields().bool("changed_only", false);
    int limit = body.fields().integer("limit", 1, MOST, MOST);
    StateRoutes.notEmpty(body, components);
    OrgComparison result =
        production.compare(
            new OrgComparison.Query(
                orgs.a, orgs.b, components, diffs, changedOnly, limit == MOST ? 0 : limit));
    List<Object> changes = new ArrayList<>();
    for (OrgComparison.Change change : result.changes()) {
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      shown.put("component_type", change.type());
      shown.put("component_name", change.name());
      shown.put("commitA", change.commitA().map(Shapes::commit).orElse(null));
      shown.put("commitB", change.commitB().map(Shapes::commit).orElse(null));
      shown.put("status", change.status());
      shown.put("pending", change.pending());
      change.diff().ifPresent(diff -> shown.put("diff", diff));
      change.error().ifPresent(error -> shown.put("error", error));
      changes.add(shown);
    }
    OrgComparison.Summary counts = result.summary();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("total", counts.total());
    summary.put("changed", counts.changed());
    summary.put("same", counts.same());
    summary.put("not_found", counts.notFound());
    summary.put("failed", counts.failed());
    Map<String, @Nullable Object> answer = Shapes.success(result.snapshot());
    answer.put("orgA", result.orgA());
    answer.put("orgB", result.orgB());
    answer.put("summary", summary);
    answer.put("changes", changes);
    answer.put("cut", result.cut());
    return Response.json(answer);
  }

  private Response history(Request request, Production production) {
    Bodies body = Bodies.of(request);
    Orgs orgs = orgs(body, production);
    List<ComponentQuery> components = body.components();
    int limit = body.fields().integer("limit", 1, 1000, 5);
    StateRoutes.notEmpty(body, components);
    HistoryReport report = production.history(orgs.a, orgs.b, components, limit);
    List<Object> history = new ArrayList<>();
    for (HistoryReport.Row row : report.rows()) {
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      shown.put("component_type", row.type());
      shown.put("component_name", row.name());
      shown.put("orgA", side(row.orgA()));
      shown.put("orgB", side(row.orgB()));
      row.error().ifPresent(error -> shown.put("error", error));
      history.add(shown);
    }
    Map<String, @Nullable Object> answer = Shapes.success(report.snapshot());
    answer.put("orgA", report.orgA());
    answer.put("orgB", report.orgB());
    answer.put("limit", report.limit());
    answer.put("history", history);
    return Response.json(answer);
  }

  static Map<String, @Nullable Object> side(HistoryReport.Side side) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("exists", side.exists());
    shown.put("file_path", side.path().orElse(null));
    shown.put("commits", side.commits().stream().map(Shapes::commit).toList());
    shown.put("complete", side.complete());
    return shown;
  }

  private static Orgs orgs(Bodies body, Production production) {
    String nameA = body.name("orgA").orElse("uat");
    String nameB = body.name("orgB").orElse("prod");
    String branchA = body.name("branchA").orElse(StateRoutes.UAT);
    Optional<String> branchB = body.name("branchB");
    body.fields().check();
    return new Orgs(
        new Org(nameA, branchA),
        new Org(nameB, branchB.orElseGet(() -> production.info().branch())));
  }

  private record Orgs(Org a, Org b) {}

  private Response details(Request request, Production production) {
    Bodies body = Bodies.of(request);
    ComponentQuery component = body.component();
    Optional<String> branch1 = body.name("branch1");
    String branch2 = body.name("branch2").orElse(StateRoutes.UAT);
    body.fields().check();
    ComponentDiff diff =
        production.diff(component, branch1.orElseGet(() -> production.info().branch()), branch2);
    List<Object> files = new ArrayList<>();
    for (ComponentDiff.FileDiff file : diff.files()) {
      Map<String, @Nullable Object> shown = file(file);
      shown.put("lines_added", file.linesAdded());
      shown.put("lines_removed", file.linesRemoved());
      files.add(shown);
    }
    Map<String, @Nullable Object> details = component(diff);
    details.put("branch1", diff.from());
    details.put("branch2", diff.to());
    details.put("found", diff.found());
    details.put("files", files);
    details.put(
        "total_lines_added",
        diff.files().stream().mapToInt(ComponentDiff.FileDiff::linesAdded).sum());
    details.put(
        "total_lines_removed",
        diff.files().stream().mapToInt(ComponentDiff.FileDiff::linesRemoved).sum());
    Map<String, @Nullable Object> answer = Shapes.success(diff.snapshot());
    answer.put("diff_details", details);
    return Response.json(answer);
  }

  private Response code(Request request, Production production) {
    Bodies body = Bodies.of(request);
    ComponentQuery component = body.component();
    Optional<String> prod = body.name("prod_branch");
    String uat = body.name("uat_branch").orElse(StateRoutes.UAT);
    body.fields().check();
    ComponentDiff diff =
        production.diff(component, prod.orElseGet(() -> production.info().branch()), uat);
    List<Object> files = new ArrayList<>();
    for (ComponentDiff.FileDiff file : diff.files()) {
      Map<String, @Nullable Object> shown = file(file);
      shown.put("diff", file.unified());
      files.add(shown);
    }
    Map<String, @Nullable Object> data = component(diff);
    data.put("prod_branch", diff.from());
    data.put("uat_branch", diff.to());
    data.put("found", diff.found());
    data.put("files", files);
    data.put("diff", diff.unified());
    Map<String, @Nullable Object> answer = Shapes.success(diff.snapshot());
    answer.put("data", data);
    return Response.json(answer);
  }

  private static Map<String, @Nullable Object> component(ComponentDiff diff) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("component_name", diff.name());
    shown.put("component_type", diff.type());
    return shown;
  }

  private static Map<String, @Nullable Object> file(ComponentDiff.FileDiff file) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("path", file.path());
    shown.put("status", file.status());
    file.note().ifPresent(note -> shown.put("note", note));
    return shown;
  }
}
