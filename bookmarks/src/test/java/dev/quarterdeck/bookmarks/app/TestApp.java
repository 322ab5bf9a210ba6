package dev.quarterdeck.bookmarks.app;

import dev.quarterdeck.bookmarks.BookmarkKinds;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.PageMetadata;
import dev.quarterdeck.bookmarks.TestSettings;
import dev.quarterdeck.bookmarks.exchange.Exports;
import dev.quarterdeck.bookmarks.exchange.Imports;
import dev.quarterdeck.bookmarks.exchange.http.ExchangeRoutes;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.bookmarks.linkding.Bundles;
import dev.quarterdeck.bookmarks.linkding.LinkdingRoutes;
import dev.quarterdeck.bookmarks.search.IndexStatus;
import dev.quarterdeck.bookmarks.search.IndexedSearch;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.http.HttpOptions;
import dev.quarterdeck.http.HttpServer;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.ProtectionSettings;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.ServerSettings;
import dev.quarterdeck.http.WebSettings;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.settings.units.RateLimits;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.sqlite.SqliteStore;
import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The slice with its routes over a real store and real HTTP. The token `alice` is a user, `bob`
/// another; `reader` is a token of alice that may only read. Likewise `user-N` and `reader-N` for
/// any N.
public final class TestApp implements AutoCloseable {
  public final SqliteStore store;
  public final BookmarksSlice slice;
  public final IndexedSearch search;
  public final Jobs jobs;
  private final HttpServer server;

  private TestApp(Path directory, TestClock clock) {
    List<Kind> kinds = new ArrayList<>(BookmarkKinds.ALL);
    kinds.add(Jobs.KIND);
    kinds.addAll(LinkdingRoutes.KINDS);
    store = SqliteStore.open(directory.resolve("data"), "test", kinds, clock);
    slice =
        new BookmarksSlice(
            TestSettings.usual(),
            store.documents(),
            store.journal(BookmarkKinds.AREA),
            new EventOrigin("test", "1", "test"),
            clock,
            sources -> new IndexedSearch(directory.resolve("index"), sources));
    search = (IndexedSearch) slice.search();
    search.start();
    slice.start();
    Awaiting.until("the index is ready", () -> search.status().state() == IndexStatus.State.READY);
    Bundles bundles = new Bundles(store.documents());
    Imports imports = new Imports(slice, bundles, directory.resolve("imports"));
    Exports exports = new Exports(slice, bundles, directory.resolve("exports"));
    jobs = new Jobs(store.documents(), List.of(imports, exports), clock);
    jobs.start();
    List<Route> routes = new ArrayList<>(ExchangeRoutes.of(jobs, imports, exports));
    routes.addAll(
        LinkdingRoutes.of(
            slice,
            search,
            store.documents(),
            bundles,
            directory.resolve("assets"),
            TestApp::page,
            name -> name.matches("bob|user-.*") ? Optional.of(name) : Optional.empty()));
    server =
        HttpServer.start(
            routes,
            new WebSettings(4, 4, Duration.ofSeconds(60), 64),
            new ServerSettings("127.0.0.1", 0),
            new ProtectionSettings(
                new RateLimits(List.of(), "none"), false, List.of(), List.of(), false),
            TestApp::authenticate,
            HttpOptions.defaults());
  }

  /// Starts over a directory, with a clock that stands at noon of a fixed day.
  public static TestApp in(Path directory) {
    return new TestApp(directory, TestClock.atNoon());
  }

  /// A page that is always there, but for addresses with `broken`.
  private static PageMetadata page(String url, boolean fresh) {
    return url.contains("broken")
        ? PageMetadata.NONE
        : new PageMetadata(
            Optional.of(fresh ? "Fresh title" : "Page title"),
            Optional.of("Page description"),
            Optional.empty(),
            Optional.of("https://pictures.example/1.png"),
            Optional.empty(),
            Optional.empty());
  }

  private static Optional<Principal> authenticate(Request request) {
    Optional<String> header = request.header("Authorization");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = header.get().split(" ", 2);
    if (parts.length == 2
        && Set.of("token", "bearer").contains(parts[0].toLowerCase(Locale.ROOT))) {
      Set<String> all = Set.of("*");
      switch (parts[1]) {
        case "alice":
          return Optional.of(new Principal("u1", "alice", false, all, Principal.Via.BEARER));
        case "bob":
          return Optional.of(new Principal("bob", "bob", false, all, Principal.Via.BEARER));
        case "reader":
          Set<String> read = Set.of("bookmarks:read");
          return Optional.of(new Principal("u1", "alice", false, read, Principal.Via.BEARER));
        default:
          if (parts[1].startsWith("user-")) {
            return Optional.of(new Principal(parts[1], parts[1], false, all, Principal.Via.BEARER));
          }
          if (parts[1].startsWith("reader-")) {
            String id = parts[1].replace("reader", "user");
            Set<String> only = Set.of("bookmarks:read");
            return Optional.of(new Principal(id, id, false, only, Principal.Via.BEARER));
          }
          break;
      }
    }
    throw new Problem.Unauthenticated("token_invalid", "The token is not one of this server")
        .raise();
  }

  /// A client with the token.
  public AppClient as(String token) {
    return new AppClient(address(), token);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
    jobs.close();
    slice.close();
    search.close();
    store.close();
  }
}
