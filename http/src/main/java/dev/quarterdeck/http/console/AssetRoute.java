package dev.quarterdeck.http.console;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.runtime.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/// Serves the files of an allow-list from the class path, compressed when the client takes it, and
/// with a tag by which it asks again. A file is read when it is first asked for. Safe for any
/// thread.
final class AssetRoute {
  private static final String PATTERN = "/assets/{area}/{file}";
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "png", "image/png",
          "svg", "image/svg+xml");

  private final Map<String, String> resources;
  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  /// @param resources path to class path resource
  AssetRoute(Map<String, String> resources) {
    this.resources = Map.copyOf(resources);
    for (String path : resources.keySet()) {
      if (!path.matches("/assets/[a-z-]+/[A-Za-z0-9._-]+") || !TYPES.containsKey(suffix(path))) {
        throw new IllegalArgumentException(
            path + ": no path of an asset (expected: /assets/AREA/FILE with one of " + types());
      }
    }
  }

  /// The one route that takes all of them.
  Route route() {
    return Route.of(Route.Method.GET, PATTERN, "A file that the console's pages load.", this::serve)
        .access(Route.Access.OPEN)
        .family(Route.Family.PAGE)
        .admission(Route.Admission.FREE)
        .rateClass(Route.RateClass.EXEMPT);
  }

  private Response serve(Request request) {
    String path = "/assets/" + request.pathValue("area") + "/" + request.pathValue("file");
    String resource = resources.get(path);
    if (resource == null) {
      throw new Problem.NotFound("asset_not_found", path + ": there is no such file").raise();
    }
    Asset asset = read.computeIfAbsent(path, ignored -> Asset.of(resource));
    Response answer =
        request.header("If-None-Match").filter(asset.tag::equals).isPresent()
            ? Response.noContent().status(304)
            : content(request, path, asset);
    return answer
        .header("ETag", asset.tag)
        .header("Cache-Control", "no-cache")
        .header("Vary", "Accept-Encoding");
  }

  private static Response content(Request request, String path, Asset asset) {
    String type = TYPES.getOrDefault(suffix(path), "application/octet-stream");
    boolean gzip = request.header("Accept-Encoding").filter(AssetRoute::takesGzip).isPresent();
    return gzip
        ? Response.bytes(type, asset.gzipped).header("Content-Encoding", "gzip")
        : Response.bytes(type, asset.plain);
  }

  private static boolean takesGzip(String accepted) {
    for (String one : accepted.split(",", -1)) {
      String coding = one.strip().replace(" ", "");
      if (coding.matches("gzip(;q=.*)?") && !coding.matches("gzip;q=0[.0]*")) {
        return true;
      }
    }
    return false;
  }

  private static String suffix(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static String types() {
    return String.join(", ", TYPES.keySet().stream().sorted().toList()) + ")";
  }

  private static final class Asset {
    private final byte[] plain;
    private final byte[] gzipped;
    private final String tag;

    private Asset(byte[] plain, byte[] gzipped, String tag) {
      this.plain = plain;
      this.gzipped = gzipped;
      this.tag = tag;
    }

    static Asset of(String resource) {
      try (InputStream in = AssetRoute.class.getClassLoader().getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(resource + ": not on the class path");
        }
        byte[] plain = in.readAllBytes();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain);
        return new Asset(plain, gzip(plain), '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
      } catch (IOException e) {
        throw new UncheckedIOException(resource + ": cannot be read", e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(plain);
      }
      return bytes.toByteArray();
    }
  }
}
