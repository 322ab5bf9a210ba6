package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.BookmarkRules;
import dev.quarterdeck.bookmarks.Bookmarks;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.http.Request;
import dev.quarterdeck.http.Response;
import dev.quarterdeck.http.Route;
import dev.quarterdeck.http.Route.Method;
import dev.quarterdeck.runtime.ProblemException;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Files of bookmarks; among them the snapshots that the SingleFile extension sends.
final class AssetEndpoints {
  private static final String ALL = "/bookmarks/{bookmark_id}/assets/";
  private static final String ONE = ALL + "{id}/";
  private static final long FILE_MAX = 100_000_000;
  private static final int NAME_MAX = 200;

  private final Bookmarks bookmarks;
  private final Assets assets;
  private final InstantSource clock;

  AssetEndpoints(BookmarksSlice slice, Assets assets) {
    this.bookmarks = slice.bookmarks();
    this.assets = assets;
    this.clock = slice.clock();
  }

  List<Route> routes() {
    return List.of(
        Rows.of(Method.POST, "/bookmarks/singlefile/", "Keeps a snapshot.", this::singleFile)
            .uploadsTo(assets.directory())
            .bodyLimit(FILE_MAX)
            .successStatus(201),
        Rows.of(Method.GET, ALL, "Lists the files of a bookmark.", this::list),
        Rows.of(Method.POST, ALL + "upload/", "Keeps a file.", this::upload)
            .uploadsTo(assets.directory())
            .bodyLimit(FILE_MAX)
            .successStatus(201),
        Rows.of(Method.GET, ONE, "A file's properties.", this::get),
        Rows.of(Method.GET, ONE + "download/", "A file's content.", this::download),
        Rows.of(Method.DELETE, ONE, "Deletes a file.", this::delete).successStatus(204));
  }

  private Response singleFile(Request request) throws IOException {
    String owner = LinkdingProblems.writer(request);
    Multipart form = Multipart.of(request);
    Optional<Multipart.Part> file = form.file("file");
    Optional<String> url = form.field("url").map(String::strip).filter(text -> !text.isEmpty());
    if (file.isEmpty() || url.isEmpty()) {
      return Response.json(400, Map.of("error", "Both 'url' and 'file' parameters are required."));
    }
    if (!BookmarkRules.isWebUrl(url.get())) {
      throw LinkdingProblems.field("url", "Enter a valid URL.");
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    String name =
        "HTML snapshot from "
            + DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ROOT).format(today);
    var unused =
        assets.add(bookmark(owner, url.get()), form, file.get(), "snapshot", "text/html", name);
    return Response.json(201, Map.of("message", "Snapshot uploaded successfully."));
  }

  private Bookmark bookmark(String owner, String url) {
    Optional<Bookmark> there = bookmarks.findByUrl(owner, url);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      return bookmarks.create(owner, BookmarkDraft.of(url));
    } catch (ProblemException anotherCameFirst) {
      return bookmarks.findByUrl(owner, url).orElseThrow(() -> anotherCameFirst);
    }
  }

  private Response list(Request request) {
    Bookmark bookmark = bookmark(request, LinkdingProblems.reader(request));
    List<Assets.Asset> all = assets.of(bookmark);
    Paging paging = Paging.of(request);
    return paging.response(
        all.size(), paging.part(all).stream().map(asset -> asset.view(bookmark)).toList());
  }

  private Response upload(Request request) throws IOException {
    Bookmark bookmark = bookmark(request, LinkdingProblems.writer(request));
    Multipart form = Multipart.of(request);
    Optional<Multipart.Part> file = form.file("file");
    if (file.isEmpty()) {
      return Response.json(400, Map.of("error", "No file provided."));
    }
    String name = plain(file.get().fileName());
    Assets.Asset made = assets.add(bookmark, form, file.get(), "upload", type(file.get()), name);
    return Response.json(201, made.view(bookmark));
  }

  private static String type(Multipart.Part part) {
    String type = part.contentType();
    return type.length() <= NAME_MAX && type.matches("[\\w.+-]+/[\\w.+-]+(;[ -~]*)?")
        ? type
        : "application/octet-stream";
  }

  /// The last part of a name, of plain characters: it goes into a header.
  private static String plain(String fileName) {
    String last =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    String safe = last.replaceAll("[^\\p{L}\\p{N} ._()-]", "_").strip();
    String bounded = safe.length() > NAME_MAX ? safe.substring(0, NAME_MAX) : safe;
    return bounded.isEmpty() ? "file" : bounded;
  }

  private Response get(Request request) {
    Bookmark bookmark = bookmark(request, LinkdingProblems.reader(request));
    return Response.json(asset(request, bookmark).view(bookmark));
  }

  /// Always as a download, and in a sandbox should a browser show it nevertheless.
  private Response download(Request request) {
    Bookmark bookmark = bookmark(request, LinkdingProblems.reader(request));
    Assets.Asset asset = asset(request, bookmark);
    String name = asset.displayName().replaceAll("[^A-Za-z0-9 ._()-]", "_");
    String ending = asset.type().equals("snapshot") ? ".html" : "";
    return Response.file(asset.contentType(), assets.file(asset))
        .header("Content-Disposition", "attachment; filename=\"%s%s\"".formatted(name, ending))
        .header("Content-Security-Policy", "sandbox");
  }

  private Response delete(Request request) throws IOException {
    Bookmark bookmark = bookmark(request, LinkdingProblems.writer(request));
    assets.delete(bookmark, asset(request, bookmark));
    return Response.noContent();
  }

  private Assets.Asset asset(Request request, Bookmark bookmark) {
    return assets
        .find(bookmark, LinkdingProblems.number(request, "id"))
        .orElseThrow(() -> LinkdingProblems.missing("BookmarkAsset"));
  }

  private Bookmark bookmark(Request request, String owner) {
    return BookmarkEndpoints.bookmark(bookmarks, request, owner, "bookmark_id");
  }
}
