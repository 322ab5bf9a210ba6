package dev.quarterdeck.http.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.http.Authenticator;
import dev.quarterdeck.http.HttpOptions;
import dev.quarterdeck.http.HttpServer;
import dev.quarterdeck.http.Principal;
import dev.quarterdeck.http.ProtectionSettings;
import dev.quarterdeck.http.ServerSettings;
import dev.quarterdeck.http.WebSettings;
import dev.quarterdeck.settings.units.RateLimit;
import dev.quarterdeck.settings.units.RateLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The shell through a real server. The header `X-Test-User` names who is logged in.
final class ConsoleTest {
  private static final Authenticator BY_HEADER =
      request ->
          request
              .header("X-Test-User")
              .map(name -> new Principal("id", name, false, Set.of("*"), Principal.Via.COOKIE));

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server = start(console());

  @AfterEach
  void stops() {
    client.close();
    server.close();
  }

  @Test
  void showsEveryPageInTheNavigationAndMarksTheCurrentOne()
      throws IOException, InterruptedException {
    String html = get("/second").body();

    assertThat(html)
        .contains("<a href=\"/\">First</a>")
        .contains("<a href=\"/second\" aria-current=\"page\">Second</a>")
        .contains("<title>The second · Quarterdeck</title>")
        .contains("<p>content of Second</p>")
        .doesNotContain("content of First");
  }

  @Test
  void asksForTheLoginOnlyWhenNobodyIsLoggedIn() throws IOException, InterruptedException {
    String stranger = get("/").body();
    String ann = get("/", "X-Test-User", "ann").body();

    assertThat(stranger).contains("<body data-user=\"\">").contains("class=\"workspace\" hidden");
    assertThat(ann).contains("<body data-user=\"ann\">").contains("class=\"workspace\">");
  }

  @Test
  void escapesTheNameOfTheUser() throws IOException, InterruptedException {
    String html = get("/", "X-Test-User", "\"><script>alert(1)</script>").body();

    assertThat(html).doesNotContain("<script>").contains("&lt;script>alert(1)&lt;/script>");
  }

  @Test
  void allowsFilesOfThisServerOnlyAndNothingInLine() throws IOException, InterruptedException {
    HttpResponse<String> page = get("/");

    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .contains(Console.CONTENT_SECURITY_POLICY);
    assertThat(page.headers().allValues("Content-Security-Policy")).hasSize(1);
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.body()).doesNotContainPattern("<script>|<style|style=|\\son[a-z]+=|https?://");
  }

  @Test
  void servesEveryFileThatItLists() throws IOException, InterruptedException {
    for (String path : console().assets().keySet()) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get("/assets/console/api.js").headers().firstValue("Content-Type"))
        .contains("text/javascript; charset=utf-8");
  }

  @Test
  void servesNothingElse() throws IOException, InterruptedException {
    for (String path :
        List.of(
            "/assets/console/Console.class",
            "/assets/console/..%2fconsole%2fapi.js",
            "/assets/console/",
            "/assets/other/api.js")) {
      assertThat(get(path).statusCode()).as(path).isIn(400, 404);
    }
    assertThat(get("/assets/console/none.js").body())
        .contains("/assets/console/none.js: there is no such file");
  }

  @Test
  void answersThatAFileIsUnchanged() throws IOException, InterruptedException {
    String tag = get("/assets/console/api.js").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = get("/assets/console/api.js", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/assets/console/api.js", "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void compressesForWhoTakesIt() throws IOException, InterruptedException {
    String plain = get("/assets/console/console.css").body();
    HttpRequest request =
        request("/assets/console/console.css").header("Accept-Encoding", "br, gzip").build();
    HttpResponse<byte[]> small = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(small.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(small.body().length).isLessThan(plain.length());
    assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
        .asString()
        .isEqualTo(plain);
    assertThat(
            get("/assets/console/console.css", "Accept-Encoding", "gzip;q=0")
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
  }

  @Test
  void refusesTwoPagesAtOnePath() {
    assertThatThrownBy(() -> new Console(List.of(page("/", "First"), page("/", "Again"))))
        .hasMessage("pages: two have the same path (expected: one each)");
  }

  @Test
  void refusesAnAssetPathWithTwoResources() {
    assertThatThrownBy(
            () ->
                new Console(
                    List.of(
                        page("/", "First", Map.of("/assets/a/x.js", "one.js")),
                        page("/b", "Second", Map.of("/assets/a/x.js", "two.js")))))
        .hasMessage("/assets/a/x.js: names both one.js and two.js (expected: one resource)");
  }

  @Test
  void refusesAnAssetThatIsNoFileOfAPage() {
    assertThatThrownBy(
            () -> new Console(List.of(page("/", "First", Map.of("/assets/x.class", "x.class")))))
        .hasMessage(
            "/assets/x.class: no path of an asset (expected: /assets/AREA/FILE with one of css, js,"
                + " png, svg)");
  }

  private static Console console() {
    return new Console(List.of(page("/", "First"), page("/second", "Second")));
  }

  private static Page page(String path, String label) {
    return page(path, label, Map.of());
  }

  private static Page page(String path, String label, Map<String, String> assets) {
    return new Page(
        path,
        label,
        "The " + label.toLowerCase(Locale.ROOT),
        List.of(),
        List.of(),
        List.of(),
        assets,
        output -> output.writeContent("<p>content of " + label + "</p>"));
  }

  private static HttpServer start(Console console) {
    return HttpServer.start(
        console.routes(),
        new WebSettings(4, 1, Duration.ofSeconds(20), 64),
        new ServerSettings("localhost", 0),
        new ProtectionSettings(
            new RateLimits(List.of(new RateLimit(100, Duration.ofMinutes(1))), "100/minute"),
            false,
            List.of(),
            List.of(),
            false),
        BY_HEADER,
        HttpOptions.defaults());
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
        .timeout(Duration.ofSeconds(20));
  }
}
