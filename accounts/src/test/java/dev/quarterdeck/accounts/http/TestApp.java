package dev.quarterdeck.accounts.http;

import dev.quarterdeck.accounts.AccountKinds;
import dev.quarterdeck.accounts.AccountSettings;
import dev.quarterdeck.accounts.AccountsSlice;
import dev.quarterdeck.accounts.SecretKeys;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.http.HttpOptions;
import dev.quarterdeck.http.HttpServer;
import dev.quarterdeck.http.ProtectionSettings;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.ServerSettings;
import dev.quarterdeck.http.WebSettings;
import dev.quarterdeck.settings.Secret;
import dev.quarterdeck.settings.units.Cidr;
import dev.quarterdeck.settings.units.RateLimits;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.sqlite.SqliteStore;
import dev.quarterdeck.testing.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The accounts slice behind a real server on a free port of loopback, over a real store, with the
/// seeds of development. `GET /api/v1/test/executions` needs the scope `executions:read`.
final class TestApp implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String KEY = "a-key-for-tests-of-32-characters";

  final TestClock clock;
  final AccountsSlice slice;
  private final SqliteStore store;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private TestApp(Options options, Path dataDir, TestClock clock) {
    this.clock = clock;
    this.store = SqliteStore.open(dataDir, "test", AccountKinds.ALL, clock);
    AccountSettings settings =
        new AccountSettings(
            Secret.of(options.key),
            options.previousKey.map(Secret::of),
            options.algorithm,
            options.life,
            options.bcryptRounds,
            options.registration);
    this.slice =
        AccountsSlice.of(
            settings,
            new SecretKeys(settings.secretKey(), settings.secretKeyPrevious(), false),
            options.secureCookies,
            options.seeds,
            new EventOrigin("test-backend", "1.0.0", "test"),
            store.documents(),
            clock);
    if (options.seeds) {
      slice.accounts().seedDevelopment();
    }
    List<Route> routes = new ArrayList<>(AccountRoutes.of(slice));
    routes.add(
        Route.of(
            Route.Method.GET,
            "/api/v1/test/executions",
            "for a test",
            request -> Response.json(request.principal().allows("executions:read"))));
    this.server =
        HttpServer.start(
            routes,
            new WebSettings(4, 4, Duration.ofSeconds(60), 512),
            new ServerSettings("localhost", 0),
            new ProtectionSettings(
                RateLimits.parse("100/minute"),
                false,
                List.of(),
                List.of(Cidr.parse("127.0.0.0/8")),
                options.secureCookies),
            slice.authenticator(),
            HttpOptions.defaults());
  }

  static TestApp in(Path dataDir) {
    return new Options().in(dataDir);
  }

  static Options options() {
    return new Options();
  }

  EventJournal journal() {
    return store.journal("main");
  }

  /// The types of all events so far, in order.
  List<String> eventTypes() {
    return journal().read(0, 1_000).stream().map(entry -> entry.event().type()).toList();
  }

  /// The whole journal as text.
  String journalText() {
    StringBuilder text = new StringBuilder();
    for (EventJournal.Entry entry : journal().read(0, 1_000)) {
      text.append(new String(entry.event().body(), StandardCharsets.UTF_8)).append('\n');
    }
    return text.toString();
  }

  /// The bodies of all documents of a kind as stored, one per line.
  String storedText(String kindName) {
    StringBuilder text = new StringBuilder();
    for (Kind kind : AccountKinds.ALL) {
      if (kind.name().equals(kindName)) {
        store
            .documents()
            .find(new Query(kind, List.of(), "id", false, 100, Optional.empty()))
            .documents()
            .forEach(d -> text.append(new String(d.body(), StandardCharsets.UTF_8)).append('\n'));
      }
    }
    return text.toString();
  }

  /// A client without credentials.
  Client client() {
    return new Client(http, uri -> URI.create("http://localhost:" + server.port() + uri));
  }

  /// A client that is logged in by cookie.
  Client login(String username, String password) {
    Client client = client();
    Reply reply = client.login(username, password);
    if (reply.status() != 200) {
      throw new AssertionError(reply.toString());
    }
    return client;
  }

  @Override
  public void close() {
    server.close();
    store.close();
    http.shutdownNow();
  }

  /// What a test may set.
  static final class Options {
    private String key = KEY;
    private Optional<String> previousKey = Optional.empty();
    private AccountSettings.Algorithm algorithm = AccountSettings.Algorithm.HS256;
    private Duration life = Duration.ofMinutes(60);
    private int bcryptRounds = 4;
    private boolean registration = true;
    private boolean secureCookies;
    private boolean seeds = true;

    Options key(String value) {
      key = value;
      return this;
    }

    Options previousKey(String value) {
      previousKey = Optional.of(value);
      return this;
    }

    Options algorithm(AccountSettings.Algorithm value) {
      algorithm = value;
      return this;
    }

    Options life(Duration value) {
      life = value;
      return this;
    }

    Options bcryptRounds(int value) {
      bcryptRounds = value;
      return this;
    }

    Options noRegistration() {
      registration = false;
      return this;
    }

    Options secureCookies() {
      secureCookies = true;
      return this;
    }

    Options noSeeds() {
      seeds = false;
      return this;
    }

    TestApp in(Path dataDir) {
      return new TestApp(this, dataDir, TestClock.atNoon());
    }
  }
}
