package dev.quarterdeck.server.cli;

import dev.quarterdeck.production.ProductionSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/// `quarterdeck production`: what is in production and how branches differ, asked of the server at
/// SELF_BASE_URL or worked out here from a clone.
@Command(
    name = "production",
    description = "Tells what is in production, at which commit, by whom, and how branches differ.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Asks the server at SELF_BASE_URL, with the token in QUARTERDECK_TOKEN when there is one;"
          + " with",
      "--git PATH it reads a clone itself. Exit code 1: compare and drift found differences; 64:"
          + " the",
      "question cannot be answered; 69: the server or the repository cannot be reached.",
      "",
      "  quarterdeck production state ApexClass.Invoice",
      "  quarterdeck production compare uat --git ~/org --csv"
    })
final class ProductionCommand {
  private static final String PATH = "/api/v1/production/";
  private static final int ALL = 10_000;
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @ParentCommand private @Nullable QuarterdeckCommand parent;

  @Option(
      names = "--git",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description = "Reads this clone, bare or not, instead of asking the server.")
  private @Nullable Path git;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "The whole answer as JSON instead of a table.")
  private boolean json;

  @Option(
      names = "--csv",
      scope = ScopeType.INHERIT,
      description = "The rows as comma-separated values instead of a table.")
  private boolean csv;

  @Command(
      name = "state",
      mixinStandardHelpOptions = true,
      description = "Which components are in production; without names, all of them.")
  int state(
      @Option(names = "--branch", description = "Another branch than production's.")
          @Nullable String branch,
      @Parameters(paramLabel = "TYPE.NAME", arity = "0..*") @Nullable List<String> names)
      throws InterruptedException {
    if (names == null || names.isEmpty()) {
      String at = branch == null ? "" : "&at=" + encoded(branch);
      return show(PATH + "matrix?limit=" + ALL + at, null, ProductionTables::matrix, _ -> 0);
    }
    Map<String, Object> body = new LinkedHashMap<>(Map.of("components", names));
    if (branch != null) {
      body.put("branch", branch);
    }
    return show("/api/production-state", body, ProductionTables::state, _ -> 0);
  }

  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description =
          "How components on a branch differ from production; without names, all that do.")
  int compare(
      @Parameters(index = "0", paramLabel = "BRANCH") String branch,
      @Option(names = "--with", description = "Another branch than production's to compare with.")
          @Nullable String with,
      @Parameters(index = "1..*", paramLabel = "TYPE.NAME", arity = "0..*")
          @Nullable List<String> names)
      throws InterruptedException {
    if (names == null || names.isEmpty()) {
      if (with != null) {
        throw new StartRefused(
            ExitCode.USAGE, "--with: needs the names of components (expected: TYPE.NAME …)");
      }
      return show(
          PATH
              + "matrix?limit="
              + ALL
              + "&status=DIFFERENT,ONLY_HERE,MISSING,UNKNOWN&environment="
              + encoded(branch),
          null,
          ProductionTables::matrix,
          answer -> answer.path("total").asInt(0) > 0 ? ExitCode.DIFFERENT : 0);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("branchA", branch);
    body.put("orgA", branch);
    if (with != null) {
      body.put("branchB", with);
      body.put("orgB", with);
    }
    body.put("components", names);
    return show(
        "/api/compare-orgs",
        body,
        ProductionTables::compare,
        answer -> answer.at("/summary/changed").asInt(0) > 0 ? ExitCode.DIFFERENT : 0);
  }

  @Command(
      name = "history",
      mixinStandardHelpOptions = true,
      description = "The newest commits of a component.")
  int history(
      @Parameters(index = "0", paramLabel = "TYPE.NAME") String name,
      @Option(names = "--branch", description = "Another branch than production's.")
          @Nullable String branch,
      @Option(names = "--limit", defaultValue = "20", description = "Commits at most.") int limit)
      throws InterruptedException {
    String query = "?name=" + encoded(name) + "&limit=" + limited(limit);
    return show(
        PATH + "history" + query + (branch == null ? "" : "&branch=" + encoded(branch)),
        null,
        ProductionTables::history,
        _ -> 0);
  }

  @Command(
      name = "drift",
      mixinStandardHelpOptions = true,
      description = "Where an environment and production have come apart, and which way.")
  int drift(@Parameters(index = "0", paramLabel = "ENVIRONMENT") String environment)
      throws InterruptedException {
    return show(
        PATH + "drift?environment=" + encoded(environment),
        null,
        ProductionTables::drift,
        answer -> answer.path("items").isEmpty() ? 0 : ExitCode.DIFFERENT);
  }

  @Command(
      name = "deployments",
      mixinStandardHelpOptions = true,
      description = "What was deployed, newest first.")
  int deployments(
      @Option(names = "--environment", description = "Only this environment; may be repeated.")
          @Nullable List<String> environments,
      @Option(names = "--story", description = "Only what names this story.")
          @Nullable String story,
      @Option(names = "--limit", defaultValue = "50", description = "Steps of each environment.")
          int limit)
      throws InterruptedException {
    StringBuilder query = new StringBuilder("?limit=" + limited(limit));
    for (String environment : environments == null ? new ArrayList<String>() : environments) {
      query.append("&environment=").append(encoded(environment));
    }
    if (story != null) {
      query.append("&story=").append(encoded(story));
    }
    return show(PATH + "deployments" + query, null, ProductionTables::deployments, _ -> 0);
  }

  @Command(
      name = "overlap",
      mixinStandardHelpOptions = true,
      description = "Components that two or more open branches change.")
  int overlap() throws InterruptedException {
    return show(PATH + "overlap", null, ProductionTables::overlap, _ -> 0);
  }

  private static int limited(int limit) {
    if (limit < 1 || limit > 1000) {
      throw new StartRefused(ExitCode.USAGE, "--limit: %d (expected: 1 to 1000)".formatted(limit));
    }
    return limit;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private int show(
      String path,
      @Nullable Map<String, Object> body,
      Function<JsonNode, TextTable> table,
      Function<JsonNode, Integer> exitCode)
      throws InterruptedException {
    if (json && csv) {
      throw new StartRefused(ExitCode.USAGE, "--json and --csv: only one of them can be had");
    }
    QuarterdeckCommand command = Objects.requireNonNull(parent);
    Terminal terminal = command.terminal();
    ProductionSettings settings = command.load().value().production();
    JsonNode answer;
    try (ProductionAnswers answers =
        git == null
            ? ServerAnswers.at(settings.selfBaseUrl(), System.getenv(RunningServer.TOKEN))
            : LocalAnswers.over(git, settings)) {
      try (Progress _ = Progress.of(terminal, "asking " + answers.name())) {
        answer = answers.ask(path, body);
      }
    }
    if (json) {
      terminal.out().println(PRETTY.writeValueAsString(answer));
    } else if (csv) {
      terminal.out().print(table.apply(answer).csv());
    } else {
      terminal.out().print(table.apply(answer).text(terminal));
    }
    warn(terminal, answer);
    return terminal.out().checkError() ? ExitCode.OUTPUT : exitCode.apply(answer);
  }

  private static void warn(Terminal terminal, JsonNode answer) {
    JsonNode rest = answer.has("snapshot") ? answer.path("snapshot") : answer;
    for (JsonNode warning : rest.path("warnings")) {
      terminal.err().println("warning: " + warning.asString(""));
    }
    if (rest.path("stale").asBoolean(false)) {
      terminal.err().println("warning: this is the state as of " + rest.path("as_of").asString(""));
    }
    for (JsonNode environment : rest.path("environments")) {
      if (environment.path("error").isString()) {
        terminal
            .err()
            .println(
                "warning: %s: %s"
                    .formatted(
                        environment.path("name").asString(""),
                        environment.path("error").stringValue()));
      }
    }
    int rows = answer.path("rows").size();
    if (answer.path("total").asInt(rows) > rows) {
      terminal
          .err()
          .println(
              "warning: %d of %d rows; ask the API for further pages"
                  .formatted(rows, answer.path("total").asInt()));
    }
  }
}
