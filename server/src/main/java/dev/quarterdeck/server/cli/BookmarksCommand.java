package dev.quarterdeck.server.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `quarterdeck bookmarks`: adds, finds, imports and exports links through the server at
/// SELF_BASE_URL, and has their index built anew.
@Command(
    name = "bookmarks",
    description = "Adds, finds, imports and exports bookmarks.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Asks the server at SELF_BASE_URL, with the token in QUARTERDECK_TOKEN when there is one.",
      "Exit code 1: nothing was found, or an import, export or reindexing failed; 64: the request",
      "cannot be answered; 69: the server cannot be reached.",
      "",
      "  quarterdeck bookmarks add https://example.org --tag reading",
      "  quarterdeck bookmarks search '#reading and not site:example.org'",
      "  quarterdeck bookmarks import --dry-run bookmarks.html"
    })
final class BookmarksCommand {
  private static final String PATH = "/api/v1/bookmarks";
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @ParentCommand private @Nullable QuarterdeckCommand parent;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "The whole answer as JSON instead of text.")
  private boolean json;

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds a bookmark. Its title is read from the page when none is given.")
  int add(
      @Parameters(index = "0", paramLabel = "URL") String url,
      @Option(names = "--title", description = "Its title.") @Nullable String title,
      @Option(names = "--description", description = "What it is.") @Nullable String description,
      @Option(names = "--notes", description = "Notes of yours.") @Nullable String notes,
      @Option(names = "--tag", description = "A tag. May be repeated.") @Nullable List<String> tags,
      @Option(names = "--unread", description = "It is to be read later.") boolean unread)
      throws InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("url", url);
    put(body, "title", title);
    put(body, "description", description);
    put(body, "notes", notes);
    put(body, "tags", tags);
    body.put("unread", unread);
    return show(
        server -> server.post(PATH, body),
        made -> "added %s %s%n".formatted(made.path("id").asString(), shown(made, "url")));
  }

  private static void put(Map<String, Object> body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  @Command(
      name = "search",
      mixinStandardHelpOptions = true,
      description = "Finds bookmarks: words, \"phrases\", #tag, site:, is:, and, or, not.")
  int search(
      @Parameters(paramLabel = "QUERY", arity = "0..*") @Nullable List<String> words,
      @Option(names = "--limit", defaultValue = "50", description = "Bookmarks at most.") int limit)
      throws InterruptedException {
    if (limit < 1 || limit > 500) {
      throw new StartRefused(ExitCode.USAGE, "--limit: %d (expected: 1 to 500)".formatted(limit));
    }
    String query = words == null ? "" : String.join(" ", words);
    String path = PATH + "/search?limit=" + limit + "&q=" + ApiClient.encoded(query);
    boolean[] empty = new boolean[1];
    int code =
        show(
            server -> server.get(path),
            page -> {
              empty[0] = page.path("bookmarks").isEmpty();
              return table(page);
            });
    return code == 0 && empty[0] ? ExitCode.DIFFERENT : code;
  }

  private String table(JsonNode page) {
    TextTable table = new TextTable("title", "address", "tags", "added");
    for (JsonNode one : page.path("bookmarks")) {
      StringJoiner tags = new StringJoiner(" ");
      one.path("tags").forEach(tag -> tags.add("#" + tag.asString()));
      String added = one.path("created_at").asString();
      table.add(
          one.path("title").asString(),
          one.path("url").asString(),
          tags.toString(),
          added.substring(0, Math.min(10, added.length())));
    }
    int total = page.path("total").asInt();
    int rows = page.path("bookmarks").size();
    return table.text(Objects.requireNonNull(parent).terminal())
        + (rows < total ? "%d of %d%n".formatted(rows, total) : "");
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = "Imports a file of a browser or of another bookmark service.")
  int importFile(
      @Parameters(index = "0", paramLabel = "FILE") Path file,
      @Option(names = "--dry-run", description = "Only tells what would come of it.")
          boolean dryRun,
      @Option(
              names = "--folders",
              defaultValue = "tags",
              description = "What becomes of folders: tags, collections, ignore.")
          String folders)
      throws InterruptedException {
    String options = "?folders=" + ApiClient.encoded(folders) + (dryRun ? "&dry_run=true" : "");
    return job(server -> server.upload(PATH + "/imports" + options, file), "imports", null);
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Exports all bookmarks into a file that does not exist yet.")
  int export(
      @Parameters(index = "0", paramLabel = "FILE") Path file,
      @Option(
              names = "--format",
              defaultValue = "json",
              description = "json loses nothing, netscape is for browsers, csv for tables.")
          String format)
      throws InterruptedException {
    if (Files.exists(file)) {
      throw new StartRefused(
          ExitCode.USAGE, file + ": is there already (expected: a name that is free)");
    }
    return job(server -> server.post(PATH + "/exports", Map.of("format", format)), "exports", file);
  }

  @Command(
      name = "reindex",
      mixinStandardHelpOptions = true,
      description =
          "Builds the search index anew from the store; the old one answers meanwhile. For"
              + " administrators.")
  int reindex() throws InterruptedException {
    String index = PATH + "/search/index";
    boolean[] failed = new boolean[1];
    int code =
        show(
            server -> {
              JsonNode begun = server.post(index + "/rebuild", Map.of());
              JsonNode status = server.leave("rebuilding|building", index, begun);
              failed[0] = !status.path("state").asString().equals("ready");
              return status;
            },
            status ->
                "%s, %d bookmarks in the index%n"
                    .formatted(status.path("state").asString(), status.path("bookmarks").asLong()));
    return code == 0 && failed[0] ? ExitCode.DIFFERENT : code;
  }

  @FunctionalInterface
  private interface Question {
    JsonNode ask(ApiClient server) throws InterruptedException;
  }

  /// Starts a job, follows it to its end, and fetches its file when it has one.
  private int job(Question start, String kind, @Nullable Path target) throws InterruptedException {
    boolean[] failed = new boolean[1];
    int code =
        show(
            server -> {
              JsonNode job = server.follow(PATH + "/" + kind, start.ask(server));
              failed[0] = !job.path("state").asString().equals("completed");
              if (!failed[0] && target != null) {
                fetch(server, PATH + "/exports/" + job.path("id").asString() + "/file", target);
              }
              return job;
            },
            BookmarksCommand::report);
    return code == 0 && failed[0] ? ExitCode.DIFFERENT : code;
  }

  private static void fetch(ApiClient server, String path, Path target)
      throws InterruptedException {
    try {
      server.download(path, target);
    } catch (FileAlreadyExistsException meanwhile) {
      throw new StartRefused(ExitCode.USAGE, target + ": is there already");
    } catch (IOException failure) {
      throw new StartRefused(
          ExitCode.OUTPUT, target + " cannot be written: " + QuarterdeckCommand.reason(failure));
    }
  }

  private static String report(JsonNode job) {
    StringBuilder text = new StringBuilder(job.path("state").asString());
    text.append(", ").append(job.path("done").asLong()).append(" entries");
    JsonNode result = job.path("result");
    for (String name : result.propertyNames()) {
      if (result.get(name).isNumber()) {
        text.append(", ").append(result.get(name).asLong()).append(' ');
        text.append(name.replace('_', ' '));
      }
    }
    if (!job.path("error").isNull() && !job.path("error").isMissingNode()) {
      text.append(System.lineSeparator()).append(job.path("error").asString());
    }
    return text.append(System.lineSeparator()).toString();
  }

  private static String shown(JsonNode object, String field) {
    return object.path(field).asString().replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  private int show(Question question, Function<JsonNode, String> text) throws InterruptedException {
    QuarterdeckCommand command = Objects.requireNonNull(parent);
    try (ApiClient server =
        ApiClient.at(
            command.load().value().production().selfBaseUrl(),
            System.getenv(RunningServer.TOKEN))) {
      JsonNode answer = question.ask(server);
      String shown = text.apply(answer);
      command.terminal().out().print(json ? PRETTY.writeValueAsString(answer) + "\n" : shown);
      command.terminal().out().flush();
      return 0;
    }
  }
}
