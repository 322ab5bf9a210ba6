package dev.quarterdeck.bookmarks.exchange.http;

import dev.quarterdeck.bookmarks.exchange.ExportFormat;
import dev.quarterdeck.bookmarks.exchange.Exports;
import dev.quarterdeck.bookmarks.jobs.Job;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.http.BodyFields;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Exports: order one, watch it, fetch its file.
final class ExportRoutes {
  private static final String BASE = "/api/v1/bookmarks/exports";

  private final Jobs jobs;
  private final Exports exports;

  ExportRoutes(Jobs jobs, Exports exports) {
    this.jobs = jobs;
    this.exports = exports;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.POST,
                BASE,
                "Writes all bookmarks of the caller into a file: json loses nothing, netscape is"
                    + " the HTML of browsers, csv is for tables.",
                this::create)
            .access(Route.Access.LOCAL_USER)
            .schemas("BookmarkExportRequest", "BookmarkJob")
            .successStatus(202),
        Route.of(Method.GET, BASE, "Lists the caller's exports, the newest first.", this::list)
            .access(Route.Access.LOCAL_USER)
            .schemas("", "BookmarkJobList"),
        Route.of(Method.GET, BASE + "/{job_id}", "An export: how far it is.", this::get)
            .access(Route.Access.LOCAL_USER)
            .schemas("", "BookmarkJob"),
        Route.of(Method.GET, BASE + "/{job_id}/file", "The file of a finished export.", this::file)
            .access(Route.Access.LOCAL_USER)
            .answers("application/octet-stream"),
        Route.of(Method.POST, BASE + "/{job_id}/cancel", "Ends an export.", this::cancel)
            .access(Route.Access.LOCAL_USER)
            .schemas("", "BookmarkJob"));
  }

  private Response create(Request request) {
    String owner = Callers.reader(request);
    BodyFields fields = BodyFields.of(request);
    String format = fields.choice("format", ExportFormat.labels(), "json");
    boolean trash = fields.bool("trash", false);
    if (trash && !format.equals("json")) {
      fields.violation("trash", "trash: true (expected: false, or the format json)", "value_error");
    }
    fields.check();
    Job job = jobs.submit(owner, Exports.TYPE, new Exports.Order(format, trash));
    return Response.json(202, JobView.of(job)).header("Location", BASE + "/" + job.id());
  }

  private Response list(Request request) {
    String owner = Callers.reader(request);
    return Response.json(
        Map.of("jobs", jobs.list(owner, Exports.TYPE).stream().map(JobView::of).toList()));
  }

  private Response get(Request request) {
    return Response.json(JobView.of(job(request)));
  }

  private Response file(Request request) {
    Job job = job(request);
    if (job.state() != Job.State.COMPLETED) {
      throw new Problem.InvalidState(
              "export_not_completed",
              "The export has no file: its state is %s (expected: completed)"
                  .formatted(JobView.of(job).state()))
          .raise();
    }
    ExportFormat format = Exports.format(job);
    LocalDate day = LocalDate.ofInstant(job.createdAt(), ZoneOffset.UTC);
    return Response.file(format.contentType(), exports.file(job))
        .header(
            "Content-Disposition",
            "attachment; filename=\"bookmarks-%s.%s\"".formatted(day, format.ending()));
  }

  private Response cancel(Request request) {
    String owner = Callers.reader(request);
    return Response.json(
        JobView.of(
            jobs.cancel(owner, Exports.TYPE, request.pathValue("job_id"))
                .orElseThrow(ExportRoutes::noJob)));
  }

  private Job job(Request request) {
    return jobs.find(Callers.reader(request), Exports.TYPE, request.pathValue("job_id"))
        .orElseThrow(ExportRoutes::noJob);
  }

  private static RuntimeException noJob() {
    return new Problem.NotFound("export_not_found", "You have no export with this id").raise();
  }
}
