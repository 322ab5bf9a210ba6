package dev.quarterdeck.server;

import dev.quarterdeck.accounts.UserProfile;
import dev.quarterdeck.accounts.http.AccountRoutes;
import dev.quarterdeck.bookmarks.console.BookmarksPage;
import dev.quarterdeck.events.DeadLetters;
import dev.quarterdeck.events.DeliveryMode;
import dev.quarterdeck.events.EventHandler;
import dev.quarterdeck.events.HandlerRunner;
import dev.quarterdeck.events.Retention;
import dev.quarterdeck.events.TimerThread;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.LimitPolicy;
import dev.quarterdeck.executions.console.ExecutionsPage;
import dev.quarterdeck.executions.http.Routes;
import dev.quarterdeck.executions.sandbox.LocalSandbox;
import dev.quarterdeck.executions.sandbox.LocalSandboxSettings;
import dev.quarterdeck.http.HealthRoutes;
import dev.quarterdeck.http.HttpOptions;
import dev.quarterdeck.http.HttpServer;
import dev.quarterdeck.http.OpenApi;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.console.Console;
import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.production.console.ProductionPage;
import dev.quarterdeck.production.http.ProductionRoutes;
import dev.quarterdeck.runtime.Lifecycle;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.server.cli.ExitCode;
import dev.quarterdeck.server.cli.StartRefused;
import dev.quarterdeck.server.cli.Version;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.server.settings.CoreSettings.Profile;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.StoreException;
import dev.quarterdeck.store.sqlite.SqliteStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The whole server, wired by hand: store, accounts, sandbox, executions, events, HTTP, started in
/// this order and stopped in the opposite one.
public final class QuarterdeckServer {
  private static final Logger LOG = LoggerFactory.getLogger(QuarterdeckServer.class);

  private final AppSettings settings;
  private final Lifecycle lifecycle = new Lifecycle();
  private final Backend backend;
  private final LocalSandbox sandbox;
  private final Executions executions;
  private final ProductionSlice production;
  private final DeadLetters deadLetters;
  private final BookmarkParts bookmarks;
  private final HttpServer http;
  private Duration stopTime = Duration.ofSeconds(14);

  private QuarterdeckServer(
      Loaded<AppSettings> loaded, List<EventHandler> more, InstantSource clock) throws Exception {
    this.settings = loaded.value();
    Backend opened = Backend.open(settings, clock);
    this.backend = opened;
    lifecycle.start("store", () -> {}, opened::close);
    try {
      SqliteStore store = opened.store();
      EventJournal journal = store.journal(SqliteStore.MAIN_AREA);
      this.sandbox = LocalSandbox.open(sandboxSettings(settings));
      lifecycle.start("sandbox", () -> {}, sandbox::close);
      this.executions =
          new Executions(
              new Executions.Ports(
                  store.documents(), store.outputLog(), sandbox, store::freeBytes, clock),
              settings.executions(),
              settings.k8s(),
              settings.run(),
              Backend.origin(settings),
              settings.sse().consumerPoolSize());
      lifecycle.start(
          "executions", executions::start, () -> executions.stop(stopTime.dividedBy(2)));
      this.production = ProductionStart.open(settings, clock);
      lifecycle.start("production state", () -> {}, production::close);
      this.deadLetters = new DeadLetters(store.documents(), settings.dlq(), clock);
      this.bookmarks = new BookmarkParts(settings, store, this::idOf, clock);
      lifecycle.start("bookmarks", bookmarks::start, bookmarks::close);
      startEvents(journal, more, clock);
      if (opened.seedsAllowed()) {
        opened.accounts().accounts().seedDevelopment();
      }
      this.http = startHttp(loaded, clock);
      lifecycle.start("http", () -> {}, () -> http.stop(stopTime.dividedBy(3)));
    } catch (Exception | Error failure) {
      lifecycle.close();
      throw failure;
    }
  }

  /// Starts the server; requests are answered when this returns.
  ///
  /// @throws StartRefused the address or DATA_DIR cannot be used
  public static QuarterdeckServer start(Loaded<AppSettings> loaded) throws Exception {
    for (Fault warning : loaded.warnings()) {
      LOG.warn("{}: {} ({})", warning.place(), warning.message(), warning.remedy());
    }
    return start(loaded, List.of(), InstantSource.system());
  }

  /// Starts the server with further handlers of events, and another clock.
  static QuarterdeckServer start(
      Loaded<AppSettings> loaded, List<EventHandler> more, InstantSource clock) throws Exception {
    return new QuarterdeckServer(loaded, more, clock);
  }

  private void startEvents(EventJournal journal, List<EventHandler> more, InstantSource clock)
      throws Exception {
    List<EventHandler> handlers = new ArrayList<>(more);
    handlers.addAll(executions.handlers());
    TimerThread timer = new TimerThread(clock);
    lifecycle.start("timer", () -> {}, timer::close);
    HandlerRunner runner =
        new HandlerRunner(
            journal,
            deadLetters,
            settings.kafka(),
            settings.dlq(),
            DeliveryMode.orderly(),
            clock,
            timer);
    lifecycle.start("event handlers", () -> runner.start(handlers), runner::close);
    Retention retention =
        new Retention(
            journal,
            handlers.stream().map(EventHandler::group).toList(),
            settings.events(),
            deadLetters,
            clock,
            timer);
    retention.start();
    new Retention(bookmarks.journal(), List.of(), settings.events(), deadLetters, clock, timer)
        .start();
  }

  private HttpServer startHttp(Loaded<AppSettings> loaded, InstantSource clock) {
    HttpOptions options =
        HttpOptions.defaults()
            .heartbeat(settings.sse().heartbeatInterval())
            .faults(QuarterdeckServer::problem);
    if (backend.seedsAllowed()) {
      options = options.localUser(localUser());
    }
    try {
      return HttpServer.start(
          routes(loaded, clock),
          settings.web(),
          settings.server(),
          settings.protection(),
          backend.accounts().authenticator(),
          options);
    } catch (IllegalStateException unusable) {
      throw new StartRefused(ExitCode.CONFIG, String.valueOf(unusable.getMessage()));
    }
  }

  /// The store's troubles pass: a caller may try again, and the log says why.
  private static Optional<Problem> problem(Throwable failure) {
    return failure instanceof StoreException
        ? Optional.of(
            new Problem.Unavailable(
                "store_unavailable",
                "The store cannot do this now; try again later. The server's log says why.",
                Duration.ofSeconds(5)))
        : Optional.empty();
  }

  private List<Route> routes(Loaded<AppSettings> loaded, InstantSource clock) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new HealthRoutes(
                HealthChecks.of(
                    settings,
                    backend.store(),
                    sandbox,
                    executions,
                    deadLetters,
                    bookmarks,
                    production),
                settings.core().serviceVersion(),
                clock)
            .routes());
    routes.addAll(AccountRoutes.of(backend.accounts()));
    routes.addAll(Routes.of(executions, clock));
    routes.addAll(bookmarks.routes());
    routes.addAll(new DeadLetterRoutes(deadLetters).routes());
    routes.addAll(new ConfigRoutes(loaded).routes());
    routes.addAll(ProductionRoutes.of(production));
    Map<String, JsonNode> schemas = new TreeMap<>(AccountRoutes.schemas());
    schemas.putAll(Routes.schemas());
    schemas.putAll(OpenApi.schemas(QuarterdeckServer.class, "schemas.json"));
    schemas.putAll(BookmarkParts.schemas());
    schemas.putAll(ProductionRoutes.schemas());
    routes.add(new OpenApi(Version.text(), schemas).route(routes));
    routes.addAll(
        new Console(
                List.of(ExecutionsPage.page(), ProductionPage.page(), BookmarksPage.page()),
                settings.core().projectName())
            .routes());
    return routes;
  }

  private Optional<String> idOf(String username) {
    return backend.accounts().accounts().findByName(username).map(UserProfile::id);
  }

  /// The seeded user, as whom requests without credentials act in development.
  private Principal localUser() {
    String name = "user";
    return backend
        .accounts()
        .accounts()
        .findByName(name)
        .map(user -> new Principal(user.id(), name, false, Set.of("*"), Principal.Via.LOCAL))
        .orElseThrow();
  }

  private static LocalSandboxSettings sandboxSettings(AppSettings settings) {
    return LocalSandboxSettings.of(
            settings.storage().dataDir().resolve("sandbox"),
            settings.executions().sandboxMinLevel().name(),
            LimitPolicy.slots(settings.k8s(), settings.executions()))
        .withMemoryBytes(settings.k8s().podMemoryLimit().bytes())
        .withCompileCacheBytes(settings.run().compileCacheSize().bytes())
        .withZygotes(LimitPolicy.readySandboxes(settings.k8s(), settings.executions()))
        .withRuntimes(
            LimitPolicy.readyRuntimes(settings.k8s(), settings.executions()),
            LimitPolicy.readyRuntimeBytes(settings.k8s(), settings.executions()));
  }

  /// The port it listens on.
  public int port() {
    return http.port();
  }

  /// What a person wants to know once it runs.
  public List<String> greeting() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Quarterdeck %s, profile %s, on http://%s:%d"
            .formatted(
                Version.text(),
                settings.core().profile().name().toLowerCase(Locale.ROOT),
                settings.server().host(),
                port()));
    lines.add("data in " + settings.storage().dataDir().toAbsolutePath().normalize());
    lines.add(
        sandbox.report().mayRun()
            ? "programs run in the sandbox, level " + sandbox.report().level()
            : "no program may run on this host: "
                + sandbox.report().faults()
                + " (quarterdeck doctor says more)");
    if (backend.seedsAllowed()) {
      lines.add("log in as user / user123 or admin / admin123");
    } else if (settings.core().profile() == Profile.DEVELOPMENT) {
      lines.add(
          "others on the network can reach this server: no seeded users, no local user, and a"
              + " random SECRET_KEY kept in DATA_DIR");
    }
    return lines;
  }

  /// Stops within the time: requests in flight finish, runs end or are kept for the next start.
  public void stop(Duration within) {
    stopTime = within;
    try {
      lifecycle.close();
      LOG.info("Stopped");
    } catch (IllegalStateException failure) {
      LOG.error("Stopped, not cleanly", failure);
    }
  }
}
