package dev.quarterdeck.http;

import static dev.quarterdeck.http.Route.Method.GET;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Static files of the console from the class path. Only what is listed is served, each by a route
/// of its own, so that no request ever becomes a file name.
public final class Assets {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private Assets() {}

  /// A route for each file.
  ///
  /// @param resources from the path under `/assets/` to the resource on the class path, for example
  ///   `htmx.js` to `META-INF/resources/webjars/htmx.org/2.0.4/dist/htmx.min.js`
  /// @param loader whose class path has them
  /// @throws IllegalArgumentException a resource is missing, or the type of a file is unknown
  public static List<Route> routes(Map<String, String> resources, ClassLoader loader) {
    return resources.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> route(entry.getKey(), entry.getValue(), loader))
        .toList();
  }

  private static Route route(String path, String resource, ClassLoader loader) {
    byte[] bytes = read(resource, loader);
    String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalArgumentException(
          path + ": a file of unknown type (expected: one of " + TYPES.keySet() + ")");
    }
    String tag = '"' + hash(bytes) + '"';
    return Route.of(
            GET, "/assets/" + path, "A file of the console.", r -> answer(r, type, bytes, tag))
        .access(Route.Access.OPEN)
        .family(Route.Family.PAGE)
        .admission(Route.Admission.FREE)
        .rateClass(Route.RateClass.EXEMPT);
  }

  private static Response answer(Request request, String type, byte[] bytes, String tag) {
    boolean known =
        request
            .header("If-None-Match")
            .map(tags -> tags.equals("*") || List.of(tags.split("\\s*,\\s*", -1)).contains(tag))
            .orElse(false);
    Response response = known ? Response.noContent().status(304) : Response.bytes(type, bytes);
    boolean pinned = request.query("v").equals(Optional.of(tag.substring(1, tag.length() - 1)));
    return response
        .header("ETag", tag)
        .header(
            "Cache-Control", pinned ? "public, max-age=31536000, immutable" : "public, no-cache");
  }

  /// The version of a file, which pages append as `?v=` so that browsers may keep it for ever.
  public static String version(String resource, ClassLoader loader) {
    return hash(read(resource, loader));
  }

  private static byte[] read(String resource, ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            resource + ": no such resource on the class path (is its webjar a dependency?)");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource + ": cannot be read", unreadable);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
