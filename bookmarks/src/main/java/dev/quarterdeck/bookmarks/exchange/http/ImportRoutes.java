package dev.quarterdeck.bookmarks.exchange.http;

import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.exchange.ImportFormat;
import dev.quarterdeck.bookmarks.exchange.ImportOptions;
import dev.quarterdeck.bookmarks.exchange.ImportOptions.Folders;
import dev.quarterdeck.bookmarks.exchange.ImportOrder;
import dev.quarterdeck.bookmarks.exchange.Imports;
import dev.quarterdeck.bookmarks.jobs.Job;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.http.Json;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Imports: upload a file, look at what would happen, run, watch, cancel.
final class ImportRoutes {
  private static final String BASE = "/api/v1/bookmarks/imports";
  private static final long FILE_MAX = 250_000_000;
  private static final int TAGS_MAX = 20;

  private final Jobs jobs;
  private final Imports imports;

  ImportRoutes(Jobs jobs, Imports imports) {
    this.jobs = jobs;
    this.imports = imports;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
                Method.POST,
                BASE,
                "Imports the file that is the body: HTML of a browser or a bookmark service, JSON"
                    + " of Chrome, Firefox, linkding or ourselves, CSV, or a zip of such files."
                    + " Query: format, folders, any_scheme, sharing, tag (repeatable), dry_run.",
                this::create)
            .access(Route.Access.LOCAL_USER)
            .uploadsTo(imports.directory())
            .bodyLimit(FILE_MAX)
            .schemas("", "BookmarkJob")
            .successStatus(202),
        Route.of(Method.GET, BASE, "Lists the caller's imports, the newest first.", this::list)
            .access(Route.Access.LOCAL_USER)
            .schemas("", "BookmarkJobList"),
        Route.of(Method.GET, BASE + "/{job_id}", "An import: how far it is, its report.", this::get)
            .access(Route.Access.LOCAL_USER)
            .schemas("", "BookmarkJob"),
        Route.of(
                Method.POST,
                BASE + "/{job_id}/run",
                "Imports the file of a dry run, with the same choices.",
                this::run)
            .access(Route.Access.LOCAL_USER)
            .schemas("", "BookmarkJob")
            .successStatus(202),
        Route.of(
                Method.POST,
                BASE + "/{job_id}/cancel",
                "Ends an import; what is stored stays.",
                this::cancel)
            .access(Route.Access.LOCAL_USER)
            .schemas("", "BookmarkJob"));
  }

  private Response create(Request request) throws IOException {
    String owner = Callers.writer(request);
    List<Problem.Violation> broken = new ArrayList<>();
    Optional<ImportFormat> format = Optional.empty();
    Optional<String> formatName = request.query("format").filter(name -> !name.equals("auto"));
    if (formatName.isPresent()) {
      format = ImportFormat.of(formatName.get());
      if (format.isEmpty()) {
        broken.add(
            violation("format", formatName.get(), "auto or one of " + ImportFormat.labels()));
      }
    }
    String foldersName = request.query("folders").orElse("tags");
    Optional<Folders> folders = Folders.of(foldersName);
    if (folders.isEmpty()) {
      broken.add(violation("folders", foldersName, "one of " + Folders.labels()));
    }
    boolean anyScheme = flag(request, "any_scheme", broken);
    boolean sharing = flag(request, "sharing", broken);
    boolean dryRun = flag(request, "dry_run", broken);
    List<String> tags = tags(request, broken);
    if (!broken.isEmpty()) {
      throw new Problem.Invalid(
              "query_invalid",
              String.join("; ", broken.stream().map(Problem.Violation::message).toList()),
              broken)
          .raise();
    }
    ImportOptions options =
        new ImportOptions(folders.orElse(Folders.TAGS), anyScheme, sharing, tags, dryRun);
    Job job = imports.submit(jobs, owner, request.bodyFile(), format, options);
    return accepted(job);
  }

  private static Response accepted(Job job) {
    return Response.json(202, JobView.of(job)).header("Location", BASE + "/" + job.id());
  }

  private static boolean flag(Request request, String name, List<Problem.Violation> broken) {
    String value = request.query(name).orElse("false").toLowerCase(Locale.ROOT);
    if (!value.equals("true") && !value.equals("false")) {
      broken.add(violation(name, value, "true or false"));
    }
    return value.equals("true");
  }

  private static List<String> tags(Request request, List<Problem.Violation> broken) {
    List<String> tags = new ArrayList<>();
    for (String raw : request.queryAll("tag")) {
      String tag = raw.strip();
      int length = tag.codePointCount(0, tag.length());
      boolean usable =
          length > 0
              && length <= BookmarkRules.TAG_NAME_MAX
              && !BookmarkRules.RESERVED_TAGS.contains(tag.toLowerCase(Locale.ROOT))
              && tag.chars().noneMatch(c -> c < 0x20 || c == 0x7f)
              && List.of(tag.split("/", -1)).stream().noneMatch(String::isBlank);
      if (usable) {
        tags.add(tag);
      } else {
        broken.add(
            violation(
                "tag",
                length > 80 ? length + " characters" : tag,
                "1 to %d characters, not reserved".formatted(BookmarkRules.TAG_NAME_MAX)));
      }
    }
    if (tags.size() > TAGS_MAX) {
      broken.add(violation("tag", tags.size() + " of them", "at most " + TAGS_MAX));
    }
    return tags;
  }

  private static Problem.Violation violation(String name, String value, String expected) {
    return new Problem.Violation(
        List.of("query", name),
        "%s: %s (expected: %s)".formatted(name, value, expected),
        "value_error");
  }

  private Response list(Request request) {
    String owner = Callers.reader(request);
    return Response.json(
        Map.of("jobs", jobs.list(owner, Imports.TYPE).stream().map(JobView::of).toList()));
  }

  private Response get(Request request) {
    return Response.json(JobView.of(job(request, Callers.reader(request))));
  }

  private Response run(Request request) throws IOException {
    String owner = Callers.writer(request);
    Job looked = job(request, owner);
    ImportOrder order = Json.read(looked.input().toString(), ImportOrder.class);
    ImportOptions options = order.options();
    if (!options.dryRun() || !looked.finished()) {
      throw new Problem.InvalidState(
              "not_a_dry_run", "Only a dry run that has ended can be run (expected: dry_run=true)")
          .raise();
    }
    return accepted(
        imports.again(
            jobs,
            owner,
            order,
            new ImportOptions(
                options.folders(), options.anyScheme(), options.sharing(), options.tags(), false)));
  }

  private Response cancel(Request request) {
    String owner = Callers.writer(request);
    return Response.json(
        JobView.of(
            jobs.cancel(owner, Imports.TYPE, request.pathValue("job_id"))
                .orElseThrow(ImportRoutes::noJob)));
  }

  private Job job(Request request, String owner) {
    return jobs.find(owner, Imports.TYPE, request.pathValue("job_id"))
        .orElseThrow(ImportRoutes::noJob);
  }

  private static RuntimeException noJob() {
    return new Problem.NotFound("import_not_found", "You have no import with this id").raise();
  }
}
