package dev.quarterdeck.bookmarks.search.http;

import dev.quarterdeck.bookmarks.bulk.BulkAction;
import dev.quarterdeck.bookmarks.bulk.BulkChanges;
import dev.quarterdeck.bookmarks.bulk.BulkOrder;
import dev.quarterdeck.bookmarks.bulk.BulkPlans;
import dev.quarterdeck.bookmarks.bulk.BulkPlans.Plan;
import dev.quarterdeck.bookmarks.bulk.BulkProgress;
import dev.quarterdeck.bookmarks.bulk.BulkProgress.Outcome;
import dev.quarterdeck.bookmarks.jobs.Job;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Json;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Access;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Changes of many bookmarks: plan, have it done, watch.
final class BulkRoutes {
  private static final String BASE = "/api/v1/bookmarks/bulk";
  private static final int TAGS_MAX = 20;
  private static final int ITEMS_MAX = 1_000;

  private final BulkPlans plans;
  private final Jobs jobs;

  BulkRoutes(BulkPlans plans, Jobs jobs) {
    this.plans = plans;
    this.jobs = jobs;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.POST,
                BASE + "/plan",
                "Tells what a change of many bookmarks would do, and does nothing.",
                this::plan)
            .access(Access.LOCAL_USER)
            .schemas("BookmarkBulkOrder", "BookmarkBulkPlan"),
        Route.of(
                Method.POST,
                BASE,
                "Changes many bookmarks, by ids or by a query with the plan's digest.",
                this::submit)
            .access(Access.LOCAL_USER)
            .schemas("BookmarkBulkOrder", "BookmarkBulkJob")
            .successStatus(202),
        Route.of(Method.GET, BASE, "Lists the caller's bulk changes, the newest first.", this::list)
            .access(Access.LOCAL_USER)
            .schemas("", "BookmarkBulkJobList"),
        Route.of(Method.GET, BASE + "/{job_id}", "A bulk change and how far it is.", this::get)
            .access(Access.LOCAL_USER)
            .schemas("", "BookmarkBulkJob"),
        Route.of(
                Method.GET,
                BASE + "/{job_id}/items",
                "What became of each bookmark. Query: from (place, 0 for the first), limit.",
                this::items)
            .access(Access.LOCAL_USER)
            .schemas("", "BookmarkBulkItems"),
        Route.of(
                Method.POST,
                BASE + "/{job_id}/cancel",
                "Ends a bulk change; what is done stays.",
                this::cancel)
            .access(Access.LOCAL_USER)
            .schemas("", "BookmarkBulkJob"));
  }

  private Response plan(Request request) {
    String owner = Callers.writer(request);
    Plan plan = plan(owner, BodyFields.of(request));
    BulkOrder order = plan.order();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("plan", plan.digest());
    view.put("action", order.action().label());
    view.put("tags", order.tags());
    view.put("count", order.ids().size());
    view.put(
        "sample",
        plan.sample().stream()
            .map(one -> Map.of("id", one.id(), "title", one.title(), "url", one.url()))
            .toList());
    return Response.json(view);
  }

  private Response submit(Request request) {
    String owner = Callers.writer(request);
    BodyFields fields = BodyFields.of(request);
    Optional<String> expected = fields.optionalString("plan", 64);
    if (fields.has("query") && expected.isEmpty()) {
      fields.violation(
          "plan",
          "Field required with query: the digest that %s/plan answers".formatted(BASE),
          "missing");
    }
    Job job = plans.submit(owner, plan(owner, fields), expected);
    return Response.json(202, view(job)).header("Location", BASE + "/" + job.id());
  }

  private Plan plan(String owner, BodyFields fields) {
    BulkAction action =
        BulkAction.of(fields.choice("action", BulkAction.labels(), "")).orElse(BulkAction.ARCHIVE);
    if (!fields.has("action")) {
      fields.violation("action", "Field required", "missing");
    }
    List<String> tags = fields.strings("tags", TAGS_MAX, 64);
    if (action.takesTags() == tags.isEmpty()) {
      fields.violation(
          "tags",
          action.takesTags() ? "This action needs at least one tag" : "This action takes no tags",
          "value_error");
    }
    List<String> ids = fields.strings("ids", BulkPlans.MOST, 64);
    String query = fields.string("query", 0, 10_000, "");
    if (fields.has("ids") == fields.has("query")) {
      fields.violation("ids", "Either ids or query is required, not both", "value_error");
    }
    fields.check();
    return fields.has("query")
        ? plans.byQuery(owner, action, tags, query)
        : plans.byIds(owner, action, tags, ids);
  }

  private Response list(Request request) {
    String owner = Callers.reader(request);
    return Response.json(
        Map.of("jobs", jobs.list(owner, BulkChanges.TYPE).stream().map(BulkRoutes::view).toList()));
  }

  private Response get(Request request) {
    return Response.json(view(job(request, Callers.reader(request))));
  }

  private Response items(Request request) {
    Job job = job(request, Callers.reader(request));
    List<String> ids = order(job).ids();
    int from = request.queryInt("from", 0, 0, BulkPlans.MOST);
    int limit = request.queryInt("limit", 100, 1, ITEMS_MAX);
    List<Map<String, Object>> items =
        progress(job).items(ids, from, limit).stream().map(BulkRoutes::view).toList();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("items", items);
    view.put("next_from", from + items.size() < ids.size() ? from + items.size() : null);
    view.put("total", ids.size());
    return Response.json(view);
  }

  private static Map<String, Object> view(BulkProgress.Item item) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", item.id());
    view.put("outcome", item.outcome().name().toLowerCase(Locale.ROOT));
    view.put("error", item.error().isEmpty() ? null : item.error());
    return view;
  }

  private Response cancel(Request request) {
    String owner = Callers.writer(request);
    return Response.json(
        view(
            jobs.cancel(owner, BulkChanges.TYPE, request.pathValue("job_id"))
                .orElseThrow(BulkRoutes::noJob)));
  }

  private Job job(Request request, String owner) {
    return jobs.find(owner, BulkChanges.TYPE, request.pathValue("job_id"))
        .orElseThrow(BulkRoutes::noJob);
  }

  private static RuntimeException noJob() {
    return new Problem.NotFound("bulk_change_not_found", "You have no bulk change with this id")
        .raise();
  }

  private static BulkOrder order(Job job) {
    return Json.read(job.input().toString(), BulkOrder.class);
  }

  private static BulkProgress progress(Job job) {
    return job.result() == null || job.result().isNull()
        ? new BulkProgress("", Map.of())
        : Json.read(job.result().toString(), BulkProgress.class);
  }

  private static Map<String, Object> view(Job job) {
    BulkOrder order = order(job);
    BulkProgress progress = progress(job);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", job.id());
    view.put("state", job.state().name().toLowerCase(Locale.ROOT));
    view.put("cancel_requested", job.cancelRequested());
    view.put("action", order.action().label());
    view.put("tags", order.tags());
    view.put("query", order.query().isEmpty() ? null : order.query());
    view.put("total", order.ids().size());
    view.put("done", progress.count(Outcome.DONE));
    view.put("not_found", progress.count(Outcome.NOT_FOUND));
    view.put("refused", progress.count(Outcome.REFUSED));
    view.put("error", job.error().orElse(null));
    view.put("restarts", job.restarts());
    view.put("created_at", job.createdAt());
    view.put("started_at", job.startedAt().orElse(null));
    view.put("finished_at", job.finishedAt().orElse(null));
    return view;
  }
}
