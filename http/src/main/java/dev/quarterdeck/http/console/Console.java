package dev.quarterdeck.http.console;

import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The console: the pages of all slices in one shell with one navigation. Immutable; its handlers
/// run on any thread.
public final class Console {
  /// What a page may load: files of this server, and nothing in line.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final String RESOURCES = "dev/quarterdeck/http/console/";
  private static final String TEMPLATES = "dev.quarterdeck.http.console.jte";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Console.class.getClassLoader(), TEMPLATES);
  private final List<Page> pages;
  private final String project;
  private final Map<String, String> assets;
  private final AssetRoute files;

  /// A console with these pages, in the order of the navigation.
  ///
  /// @throws IllegalArgumentException two pages have one path, or one asset path names two
  ///   resources
  public Console(List<Page> pages) {
    this(pages, "Quarterdeck");
  }

  /// The same with another name in the titles of the pages (`PROJECT_NAME`).
  public Console(List<Page> pages, String project) {
    this.pages = List.copyOf(pages);
    this.project = project;
    long paths = pages.stream().map(Page::path).distinct().count();
    if (paths != pages.size()) {
      throw new IllegalArgumentException("pages: two have the same path (expected: one each)");
    }
    Map<String, String> all = new TreeMap<>();
    Stream.concat(Stream.of(shellAssets()), pages.stream().map(Page::assets))
        .forEach(some -> some.forEach((path, resource) -> add(all, path, resource)));
    assets = Map.copyOf(all);
    files = new AssetRoute(assets);
  }

  /// One route per page, and one for the files of [#assets]. Open to everybody, because the shell
  /// asks for the login itself.
  public List<Route> routes() {
    return Stream.concat(pages.stream().map(this::route), Stream.of(files.route())).toList();
  }

  /// The files that the pages may load: path to class path resource. Nothing else of the class path
  /// is served.
  public Map<String, String> assets() {
    return assets;
  }

  private Route route(Page page) {
    return Route.of(
            Route.Method.GET,
            page.path(),
            "The console: " + page.title(),
            request -> show(page, request))
        .access(Route.Access.OPEN)
        .family(Route.Family.PAGE)
        .admission(Route.Admission.FREE)
        .rateClass(Route.RateClass.EXEMPT);
  }

  private Response show(Page page, Request request) {
    String username = request.caller().map(Principal::username).orElse("");
    StringOutput html = new StringOutput(8192);
    templates.render(
        "shell.jte",
        Map.of("pages", pages, "page", page, "username", username, "project", project),
        html);
    return Response.html(html.toString())
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("Cache-Control", "no-store");
  }

  private static Map<String, String> shellAssets() {
    Map<String, String> files = new TreeMap<>();
    for (String name : List.of("console.css", "icon.svg", "api.js", "markup.js", "session.js")) {
      files.put("/assets/console/" + name, RESOURCES + name);
    }
    return files;
  }

  private static void add(Map<String, String> all, String path, String resource) {
    String other = all.putIfAbsent(path, resource);
    if (other != null && !other.equals(resource)) {
      throw new IllegalArgumentException(
          path + ": names both " + other + " and " + resource + " (expected: one resource)");
    }
  }
}
