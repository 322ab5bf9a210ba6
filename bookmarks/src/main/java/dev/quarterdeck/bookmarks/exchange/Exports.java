package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.Bookmark;
import dev.quarterdeck.bookmarks.BookmarkCollection;
import dev.quarterdeck.bookmarks.BookmarkLists;
import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.exchange.SavedSearches.SavedSearch;
import dev.quarterdeck.bookmarks.jobs.Job;
import dev.quarterdeck.bookmarks.jobs.Run;
import dev.quarterdeck.bookmarks.jobs.Work;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Exports as jobs: pages of the store go into a file one after the other, so that no export holds
/// a view of the store or the bookmarks in memory. The file is kept until the job is forgotten.
/// Safe for all threads.
public final class Exports implements Work {
  /// Type of the jobs.
  public static final String TYPE = "bookmark_export";

  private static final int PAGE = 1_000;

  private final BookmarksSlice slice;
  private final SavedSearches searches;
  private final Path directory;

  /// @param directory where exported files are kept; made when it does not exist
  public Exports(BookmarksSlice slice, SavedSearches searches, Path directory) {
    this.slice = slice;
    this.searches = searches;
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What an export job was asked for.
  ///
  /// @param format a name of [ExportFormat]
  /// @param trash whether the trash is exported too; JSON only
  public record Order(String format, boolean trash) {}

  /// The file of a finished export.
  public Path file(Job job) {
    return directory.resolve(job.id());
  }

  /// The format of an export.
  public static ExportFormat format(Job job) {
    return ExportFormat.of(job.input().path("format").asString("json")).orElse(ExportFormat.JSON);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void run(Run run) throws IOException {
    String owner = run.job().owner();
    Order order = run.input(Order.class);
    List<Status> states =
        order.trash()
            ? List.of(Status.ACTIVE, Status.ARCHIVED, Status.TRASHED)
            : List.of(Status.ACTIVE, Status.ARCHIVED);
    long total = states.stream().mapToLong(status -> slice.lists().total(owner, status)).sum();
    Path part = directory.resolve(run.job().id() + ".part");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(Files.newOutputStream(part), StandardCharsets.UTF_8), 1 << 16)) {
      BookmarkWriter writer = BookmarkWriter.of(format(run.job()), out);
      writer.begin(slice.tags().of(owner).tags(), slice.clock().instant());
      long done = 0;
      for (Status status : states) {
        done = write(run, writer, status, done, total);
      }
      for (BookmarkCollection collection : slice.collections().of(owner)) {
        writer.collection(collection, urls(owner, collection));
      }
      for (SavedSearch search : searches.of(owner)) {
        writer.search(search);
      }
      writer.end();
      run.progress(done, Math.max(done, total), Map.of(), Map.of("bookmarks", done));
    }
    Files.move(part, file(run.job()), StandardCopyOption.ATOMIC_MOVE);
  }

  private long write(Run run, BookmarkWriter writer, Status status, long before, long total)
      throws IOException {
    String owner = run.job().owner();
    long done = before;
    Optional<String> cursor = Optional.empty();
    do {
      BookmarkLists.Page page =
          slice.lists().of(owner, status, BookmarkLists.Sort.ADDED_ASCENDING, cursor, PAGE);
      for (Bookmark bookmark : page.bookmarks()) {
        writer.bookmark(bookmark, slice.tags().of(owner).resolve(bookmark.tags()));
        done++;
      }
      cursor = page.next();
      run.progress(done, Math.max(done, total), Map.of(), Map.of("bookmarks", done));
    } while (cursor.isPresent());
    return done;
  }

  private List<String> urls(String owner, BookmarkCollection collection) {
    return slice.bookmarks().findAll(owner, collection.bookmarkIds()).stream()
        .filter(bookmark -> !bookmark.trashed())
        .map(Bookmark::url)
        .toList();
  }

  @Override
  public void forget(Job job) {
    try {
      Files.deleteIfExists(file(job));
      Files.deleteIfExists(directory.resolve(job.id() + ".part"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
