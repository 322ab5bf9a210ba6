package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Files that users keep with their bookmarks: snapshots of pages, and uploads. Safe for all
/// threads.
final class Assets {
  static final Kind KIND = new Kind("bookmarks", "linkding_assets", List.of());
  private static final int MOST = 100;

  private final OwnedLists<Stored> lists;
  private final Path directory;
  private final InstantSource clock;

  /// @param directory where the files are; made when it does not exist
  Assets(Documents documents, Path directory, InstantSource clock) {
    this.lists = new OwnedLists<>(documents, KIND, Stored.class, new Stored(1, List.of()));
    this.directory = directory;
    this.clock = clock;
    try {
      Files.createDirectories(directory);
      try (var old = Files.newDirectoryStream(directory, "upload-*")) {
        for (Path leftover : old) {
          Files.deleteIfExists(leftover);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Where uploads go.
  Path directory() {
    return directory;
  }

  /// @param next the id that the next one gets
  record Stored(int next, List<Asset> assets) {
    Stored {
      assets = List.copyOf(assets);
    }
  }

  /// A file of a bookmark.
  ///
  /// @param id unique among the bookmark's
  /// @param type `snapshot` or `upload`
  /// @param file its name in the directory
  record Asset(
      int id,
      Instant dateCreated,
      long fileSize,
      String type,
      String contentType,
      String displayName,
      String file) {

    Map<String, Object> view(Bookmark bookmark) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("id", id);
      shown.put("bookmark", bookmark.number());
      shown.put("date_created", BookmarkView.time(dateCreated));
      shown.put("file_size", fileSize);
      shown.put("asset_type", type);
      shown.put("content_type", contentType);
      shown.put("display_name", displayName);
      shown.put("status", "complete");
      return shown;
    }
  }

  List<Asset> of(Bookmark bookmark) {
    return lists.of(bookmark.id()).assets().reversed();
  }

  Optional<Asset> find(Bookmark bookmark, int id) {
    return lists.of(bookmark.id()).assets().stream().filter(asset -> asset.id() == id).findFirst();
  }

  Path file(Asset asset) {
    return directory.resolve(asset.file());
  }

  /// Keeps an uploaded file with a bookmark.
  Asset add(
      Bookmark bookmark,
      Multipart form,
      Multipart.Part part,
      String type,
      String contentType,
      String displayName)
      throws IOException {
    String name = UUID.randomUUID().toString();
    Path kept = directory.resolve(name);
    form.copy(part, kept);
    boolean stored = false;
    try {
      Instant now = clock.instant();
      Stored after =
          lists.change(
              bookmark.id(),
              before -> {
                if (before.assets().size() >= MOST) {
                  throw LinkdingProblems.field(
                      "file", "There are %d assets already, the greatest number.".formatted(MOST));
                }
                List<Asset> all = new ArrayList<>(before.assets());
                all.add(
                    new Asset(
                        before.next(), now, part.length(), type, contentType, displayName, name));
                return new Stored(before.next() + 1, all);
              });
      stored = true;
      return after.assets().getLast();
    } finally {
      if (!stored) {
        Files.deleteIfExists(kept);
      }
    }
  }

  /// Removes one with its file.
  void delete(Bookmark bookmark, Asset asset) throws IOException {
    lists.change(
        bookmark.id(),
        before ->
            new Stored(
                before.next(),
                before.assets().stream().filter(each -> each.id() != asset.id()).toList()));
    Files.deleteIfExists(file(asset));
  }
}
