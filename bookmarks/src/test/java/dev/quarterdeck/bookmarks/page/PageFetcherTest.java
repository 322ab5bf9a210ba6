package dev.quarterdeck.bookmarks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFetcherTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2};

  private final LocalPages pages = new LocalPages();

  @AfterEach
  void close() {
    pages.close();
  }

  private FetchedPage page(String path) throws FetchException, InterruptedException, IOException {
    try (PageFetcher fetcher = pages.fetcher()) {
      return fetcher.page(pages.at(path));
    }
  }

  private void refused(URI address, String reason) {
    assertThatThrownBy(
            () -> {
              try (PageFetcher fetcher = pages.fetcher()) {
                fetcher.page(address);
              }
            })
        .as("%s", address)
        .isInstanceOf(FetchException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void readsTitleDescriptionAndPictures() throws FetchException, IOException, InterruptedException {
    pages.html(
        "/a/b",
        """
        <html><head><title> A  &amp; B
        </title><meta name=description content="What it is">
        <link rel="shortcut icon" href="../icon.png">
        <meta property="og:image" content="https://cdn.example/p.jpg"></head><body>x
        """);

    FetchedPage page = page("/a/b");

    assertThat(page.title()).contains("A & B");
    assertThat(page.description()).contains("What it is");
    assertThat(page.icon()).contains(pages.at("/icon.png"));
    assertThat(page.preview()).contains(URI.create("https://cdn.example/p.jpg"));
  }

  @Test
  void fallsBackToWhatSocialNetworksReadAndToTheUsualIcon()
      throws FetchException, IOException, InterruptedException {
    pages.html(
        "/",
        "<meta property=og:title content=Title><meta property=og:description content=Text>"
            + "<link rel=icon href=logo.svg><meta property=og:image content='javascript:x'>");

    FetchedPage page = page("/");

    assertThat(page.title()).contains("Title");
    assertThat(page.description()).contains("Text");
    assertThat(page.icon()).contains(pages.at("/favicon.ico"));
    assertThat(page.preview()).isEmpty();
  }

  @Test
  void readsEveryEncodingAndSurvivesUnknownOnes()
      throws FetchException, IOException, InterruptedException {
    pages.on(
        "/header",
        exchange ->
            LocalPages.send(
                exchange,
                200,
                "text/html; charset=ISO-8859-1",
                "<title>héllo</title>".getBytes(StandardCharsets.ISO_8859_1)));
    pages.on(
        "/meta",
        exchange ->
            LocalPages.send(
                exchange,
                200,
                "text/html",
                "<meta charset=windows-1252><title>h\u00e9llo</title>"
                    .getBytes(StandardCharsets.ISO_8859_1)));
    pages.html("/unknown", "<meta charset=klingon><title>héllo</title>");

    for (String path : new String[] {"/header", "/meta", "/unknown"}) {
      assertThat(page(path).title()).as(path).contains("héllo");
    }
  }

  @Test
  void followsRedirectsAndSaysWhereThePageIs()
      throws FetchException, IOException, InterruptedException {
    pages.redirect("/1", "/2").redirect("/2", "3?x=1").html("/3", "<title>three</title>");

    FetchedPage page = page("/1");

    assertThat(page.title()).contains("three");
    assertThat(page.address()).isEqualTo(pages.at("/3?x=1"));
    pages.redirect("/loop", "/loop");
    refused(pages.at("/loop"), "redirects more than 5 times");
  }

  @Test
  void stopsAtTheEndOfTheHeadOfAnEndlessPage()
      throws FetchException, IOException, InterruptedException {
    pages.on(
        "/endless",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          out.write("<head><title>endless</title></head>".getBytes(StandardCharsets.UTF_8));
          byte[] more = new byte[8192];
          while (true) {
            out.write(more);
          }
        });

    assertThat(page("/endless").title()).contains("endless");
  }

  @Test
  void readsNoMoreThanTheBoundOfADecompressionBomb()
      throws FetchException, IOException, InterruptedException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write("<head><title>bomb</title>".getBytes(StandardCharsets.UTF_8));
      byte[] spaces = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        gzip.write(spaces);
      }
    }
    pages.on(
        "/bomb",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          LocalPages.send(exchange, 200, "text/html", bomb.toByteArray());
        });

    assertThat(page("/bomb").title()).contains("bomb");
  }

  @Test
  void givesUpOnASlowDripWhenTheTotalTimeIsOver() {
    pages.on(
        "/drip",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          try {
            while (true) {
              out.write('<');
              out.flush();
              Thread.sleep(20);
            }
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        });
    assertThatThrownBy(
            () -> {
              try (PageFetcher fetcher = pages.fetcher(Map.of(), Duration.ofSeconds(1))) {
                fetcher.page(pages.at("/drip"));
              }
            })
        .isInstanceOf(FetchException.class)
        .hasMessage("page.test: took longer than 1 s");
  }

  @Test
  void sendsNoCookiesOfAnEarlierAnswerAndNoCredentials()
      throws FetchException, IOException, InterruptedException {
    pages.on(
        "/sets",
        exchange -> {
          exchange.getResponseHeaders().set("Set-Cookie", "secret=1");
          LocalPages.send(
              exchange, 200, "text/html", "<title>x</title>".getBytes(StandardCharsets.UTF_8));
        });
    try (PageFetcher fetcher = pages.fetcher()) {
      fetcher.page(pages.at("/sets"));
      fetcher.page(pages.at("/sets"));
    }
    assertThat(pages.requests).hasSize(2).noneMatch(request -> request.contains("secret"));
    refused(URI.create("http://u:p@page.test:" + pages.port() + "/sets"), "user name or password");
    assertThat(pages.requests).hasSize(2);
  }

  @Test
  void takesPicturesByTheirBytesOnly() throws FetchException, IOException, InterruptedException {
    pages.on("/png", exchange -> LocalPages.send(exchange, 200, "text/plain", PNG));
    pages.on(
        "/svg",
        exchange ->
            LocalPages.send(
                exchange, 200, "image/png", "<svg onload=x>".getBytes(StandardCharsets.UTF_8)));
    pages.on(
        "/big",
        exchange -> {
          byte[] big = new byte[300_000];
          System.arraycopy(PNG, 0, big, 0, PNG.length);
          LocalPages.send(exchange, 200, "image/png", big);
        });
    try (PageFetcher fetcher = pages.fetcher()) {
      assertThat(fetcher.picture(pages.at("/png")).mediaType()).isEqualTo("image/png");
      assertThatThrownBy(() -> fetcher.picture(pages.at("/svg")))
          .hasMessage("page.test: no picture");
      assertThatThrownBy(() -> fetcher.picture(pages.at("/big")))
          .hasMessage("page.test: picture over 256000 bytes");
    }
  }

  @Test
  void saysWhyThereIsNoPage() {
    pages.on("/404", exchange -> LocalPages.send(exchange, 404, "text/html", new byte[0]));
    pages.on("/pdf", exchange -> LocalPages.send(exchange, 200, "application/pdf", PNG));
    pages.on("/type", exchange -> LocalPages.send(exchange, 200, ";;;", PNG));
    refused(pages.at("/404"), "page.test: answered 404");
    refused(pages.at("/pdf"), "page.test: is no web page but application/pdf");
    refused(pages.at("/type"), "page.test: ");
    refused(URI.create("http://other.test:1/"), "other.test: port 1 is not fetched");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://page.test/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "gopher://page.test/",
        "//page.test/",
        "page.test",
        "http:///x"
      })
  void fetchesTheWebOnly(String address) {
    assertThatThrownBy(
            () -> {
              try (PageFetcher fetcher = pages.fetcher()) {
                fetcher.page(URI.create(address));
              }
            })
        .isInstanceOf(FetchException.class);
    assertThat(pages.lookups).hasValue(0);
  }
}
