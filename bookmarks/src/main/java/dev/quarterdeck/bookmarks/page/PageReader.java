package dev.quarterdeck.bookmarks.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Finds title, description and pictures in the head of a page, as far as it was read.
final class PageReader {
  private static final int TITLE_CHARACTERS = 512;
  private static final int DESCRIPTION_CHARACTERS = 2048;
  private static final int URL_CHARACTERS = 2048;

  private PageReader() {}

  /// Reads a page.
  ///
  /// @param charset as the answer named it; the page's own word counts when it named none
  static FetchedPage read(byte[] html, Optional<String> charset, URI address) {
    Document page;
    try {
      page = Jsoup.parse(new ByteArrayInputStream(html), charset.orElse(null), address.toString());
    } catch (IOException | IllegalArgumentException unknownCharset) {
      page = Jsoup.parse(new String(html, StandardCharsets.UTF_8), address.toString());
    }
    return new FetchedPage(
        address,
        text(title(page), TITLE_CHARACTERS),
        text(
            first(
                meta(page, "meta[name=description]"), meta(page, "meta[property=og:description]")),
            DESCRIPTION_CHARACTERS),
        Optional.of(icon(page).orElse(address.resolve("/favicon.ico"))),
        link(meta(page, "meta[property=og:image]"), page));
  }

  private static Optional<String> title(Document page) {
    @Nullable Element title = page.selectFirst("head title, title");
    return first(
        Optional.ofNullable(title).map(Element::text).filter(text -> !text.isBlank()),
        meta(page, "meta[property=og:title]"));
  }

  private static Optional<String> meta(Document page, String selector) {
    return Optional.ofNullable(page.selectFirst(selector))
        .map(element -> element.attr("content"))
        .filter(text -> !text.isBlank());
  }

  private static Optional<URI> icon(Document page) {
    for (Element link : page.select("link[rel][href]")) {
      String rel = " " + link.attr("rel").toLowerCase(Locale.ROOT) + " ";
      boolean vector =
          link.attr("type").contains("svg")
              || link.attr("href").toLowerCase(Locale.ROOT).endsWith(".svg");
      if (rel.contains(" icon ") && !vector) {
        return link(Optional.of(link.attr("href")), page);
      }
    }
    return Optional.empty();
  }

  /// An absolute address of the web, or nothing.
  private static Optional<URI> link(Optional<String> reference, Document page) {
    try {
      return reference
          .map(text -> URI.create(page.baseUri()).resolve(text.strip()))
          .filter(uri -> uri.toString().length() <= URL_CHARACTERS)
          .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static Optional<String> first(Optional<String> one, Optional<String> other) {
    return one.isPresent() ? one : other;
  }

  private static Optional<String> text(Optional<String> text, int most) {
    return text.map(whole -> whole.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
        .filter(whole -> !whole.isEmpty())
        .map(
            whole ->
                whole.codePointCount(0, whole.length()) <= most
                    ? whole
                    : whole.substring(0, whole.offsetByCodePoints(0, most)));
  }
}
