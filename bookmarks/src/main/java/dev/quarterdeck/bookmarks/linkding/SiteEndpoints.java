package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What linkding's clients ask of a site itself: health, profile, where to save, how to search.
final class SiteEndpoints {
  /// The version whose API this is. Clients refuse old ones.
  static final String VERSION = "1.46.2";

  List<Route> routes() {
    return List.of(
        Rows.open("/health", "Health and version.", SiteEndpoints::health)
            .admission(Route.Admission.FREE)
            .rateClass(Route.RateClass.EXEMPT),
        Rows.open("/api/", "The parts of the API.", SiteEndpoints::parts),
        Rows.of(Method.GET, "/user/profile/", "Preferences of the caller.", SiteEndpoints::profile),
        Rows.open("/bookmarks/new", "Target of bookmarklets.", SiteEndpoints::save),
        Rows.open("/opensearch.xml", "How browsers search here.", SiteEndpoints::openSearch),
        Rows.open("/manifest.json", "How phones install this.", SiteEndpoints::manifest));
  }

  private static Response health(Request request) {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("version", VERSION);
    health.put("status", "healthy");
    return Response.json(health);
  }

  private static Response parts(Request request) {
    Map<String, Object> parts = new LinkedHashMap<>();
    for (String name : List.of("bookmarks", "tags", "bundles")) {
      parts.put(name, Paging.base(request) + Rows.API + "/" + name + "/");
    }
    return Response.json(parts);
  }

  private static Response profile(Request request) {
    LinkdingProblems.reader(request);
    Map<String, Object> search = new LinkedHashMap<>();
    search.put("sort", "added_desc");
    search.put("shared", "off");
    search.put("unread", "off");
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("theme", "auto");
    profile.put("bookmark_date_display", "relative");
    profile.put("bookmark_link_target", "_blank");
    profile.put("web_archive_integration", "disabled");
    profile.put("tag_search", "strict");
    profile.put("enable_sharing", true);
    profile.put("enable_public_sharing", false);
    profile.put("enable_favicons", false);
    profile.put("display_url", false);
    profile.put("permanent_notes", false);
    profile.put("search_preferences", search);
    profile.put("version", VERSION);
    return Response.json(profile);
  }

  /// Hands over to the console's page, which asks for a login when there is none.
  private static Response save(Request request) {
    List<String> fields = new ArrayList<>();
    for (String name : List.of("url", "title", "description", "notes", "tags", "auto_close")) {
      request
          .query(name)
          .ifPresent(
              value -> fields.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    }
    return Response.redirect(
        "/bookmarks" + (fields.isEmpty() ? "" : "?" + String.join("&", fields)));
  }

  private static Response openSearch(Request request) {
    String base = Xml.escape(Paging.base(request));
    return Response.text(
        "application/opensearchdescription+xml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
          <ShortName>Bookmarks</ShortName>
          <Description>Search the bookmarks</Description>
          <InputEncoding>UTF-8</InputEncoding>
          <Url type="text/html" template="%s/bookmarks?q={searchTerms}"/>
        </OpenSearchDescription>
        """
            .formatted(base));
  }

  private static Response manifest(Request request) {
    Map<String, Object> share = new LinkedHashMap<>();
    share.put("action", "/linkding/bookmarks/new");
    share.put("method", "GET");
    share.put("params", Map.of("url", "url", "text", "url", "title", "title"));
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("short_name", "bookmarks");
    manifest.put("name", "Bookmarks");
    manifest.put("description", "The team's bookmarks");
    manifest.put("start_url", "/bookmarks");
    manifest.put("display", "standalone");
    manifest.put("scope", "/");
    manifest.put("share_target", share);
    return Response.json(manifest).header("Cache-Control", "max-age=3600");
  }
}
