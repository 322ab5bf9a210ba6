package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.BookmarksSlice;
import dev.quarterdeck.bookmarks.Tag;
import dev.quarterdeck.bookmarks.TagColor;
import dev.quarterdeck.bookmarks.Tags;
import dev.quarterdeck.bookmarks.jobs.Job;
import dev.quarterdeck.bookmarks.jobs.Jobs;
import dev.quarterdeck.bookmarks.jobs.Run;
import dev.quarterdeck.bookmarks.jobs.Work;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Imports of files as jobs: the file is kept until the job is forgotten, read as a stream, and
/// stored in chunks; after a crash the job goes on behind the last chunk that it remembers. Safe
/// for all threads.
public final class Imports implements Work {
  /// Type of the jobs.
  public static final String TYPE = "bookmark_import";

  private final BookmarksSlice slice;
  private final SavedSearches searches;
  private final Path directory;

  /// @param directory where uploaded files are kept; made when it does not exist. Leftovers of
  ///   uploads that never ended are removed
  public Imports(BookmarksSlice slice, SavedSearches searches, Path directory) {
    this.slice = slice;
    this.searches = searches;
    this.directory = directory;
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
  public Path directory() {
    return directory;
  }

  /// Takes an uploaded file and orders its import.
  ///
  /// @param upload moved away
  /// @param expected the format when the caller knows it
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when it is no file of bookmarks
  /// @throws IOException it cannot be read or moved
  public Job submit(
      Jobs jobs, String owner, Path upload, Optional<ImportFormat> expected, ImportOptions options)
      throws IOException {
    try {
      BookmarkFile.open(upload, expected);
    } catch (UnreadableFile unreadable) {
      throw new Problem.BadRequest("file_unreadable", String.valueOf(unreadable.getMessage()))
          .raise();
    }
    String name = UUID.randomUUID().toString();
    Path kept = directory.resolve(name);
    Files.move(upload, kept);
    boolean accepted = false;
    try {
      Job job = jobs.submit(owner, TYPE, new ImportOrder(name, Files.size(kept), options));
      accepted = true;
      return job;
    } finally {
      if (!accepted) {
        Files.deleteIfExists(kept);
      }
    }
  }

  /// Orders an import of a file that is here already, from the job that looked at it.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when the file is not here any more
  public Job again(Jobs jobs, String owner, ImportOrder order, ImportOptions options)
      throws IOException {
    Path kept = directory.resolve(order.file());
    Path copy = directory.resolve(UUID.randomUUID().toString());
    try {
      Files.createLink(copy, kept);
    } catch (NoSuchFileException gone) {
      throw new Problem.InvalidState(
              "file_gone", "The file of this import is not here any more; send it again")
          .raise();
    }
    return jobs.submit(
        owner, TYPE, new ImportOrder(String.valueOf(copy.getFileName()), order.bytes(), options));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public void run(Run run) throws IOException {
    ImportOrder order = run.input(ImportOrder.class);
    BookmarkFile file;
    try {
      file = BookmarkFile.open(directory.resolve(order.file()), Optional.empty());
    } catch (UnreadableFile | NoSuchFileException changed) {
      throw new Problem.InvalidState("file_gone", "The uploaded file is not here any more").raise();
    }
    Counting counting = new Counting(run);
    file.read(order.options().anyScheme(), counting);
    Storing storing = new Storing(run, order.options(), file.format(), counting.bookmarks);
    file.read(order.options().anyScheme(), storing);
    storing.flush();
  }

  @Override
  public void forget(Job job) {
    try {
      Files.deleteIfExists(directory.resolve(job.input().path("file").asString("none")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What a job remembers: how many bookmarks of the file are done, and what came of them.
  record Memory(long bookmarks, ImportReport report) {}

  /// Counts, so that watchers see how much is left.
  private static final class Counting implements ImportSink {
    private final Run run;
    private long bookmarks;

    Counting(Run run) {
      this.run = run;
    }

    @Override
    public void bookmark(ImportedBookmark bookmark) {
      if (++bookmarks % ChunkStore.CHUNK == 0) {
        run.check();
      }
    }

    @Override
    public void tag(ImportedTag tag) {}

    @Override
    public void collection(ImportedCollection collection) {}

    @Override
    public void search(ImportedSearch search) {}

    @Override
    public void problem(ImportProblem problem) {}
  }

  /// Collects chunks and stores them.
  private final class Storing implements ImportSink {
    private final Run run;
    private final ImportOptions options;
    private final long total;
    private final long done;
    private final ReportKeeper report;
    private final ChunkStore store;
    private final List<ImportedBookmark> chunk = new ArrayList<>();
    private long bookmarks;

    Storing(Run run, ImportOptions options, ImportFormat format, long total) {
      this.run = run;
      this.options = options;
      this.total = total;
      Optional<Memory> memory = run.memory(Memory.class);
      this.done = memory.map(Memory::bookmarks).orElse(0L);
      this.report =
          new ReportKeeper(
              memory
                  .map(Memory::report)
                  .orElseGet(() -> ImportReport.empty(format.label(), options.dryRun())));
      this.store = new ChunkStore(slice, run.job().owner(), options, report);
      progress();
    }

    @Override
    public void bookmark(ImportedBookmark bookmark) {
      bookmarks++;
      if (bookmarks > done) {
        chunk.add(bookmark);
        if (chunk.size() == ChunkStore.CHUNK) {
          flush();
        }
      }
    }

    @Override
    public void tag(ImportedTag imported) {
      if (options.dryRun() || done > 0) {
        return;
      }
      Tags tags = slice.tags();
      String owner = run.job().owner();
      boolean known = tags.of(owner).named(imported.name()).isPresent();
      Tag tag = tags.ensure(owner, List.of(imported.name())).getFirst();
      Optional<TagColor> color = TagColor.of(imported.color());
      if (!known && (color.isPresent() || !imported.description().isEmpty())) {
        tags.update(
            owner,
            tag.id(),
            OptionalLong.empty(),
            new Tags.Edit(Optional.empty(), color, Optional.of(imported.description())));
      }
    }

    @Override
    public void collection(ImportedCollection collection) {
      flush();
      if (!options.dryRun()) {
        store.collections().restore(collection);
      }
    }

    @Override
    public void search(ImportedSearch imported) {
      flush();
      if (options.dryRun()) {
        return;
      }
      try {
        searches.add(run.job().owner(), imported.search());
      } catch (ProblemException refused) {
        problem(
            new ImportProblem(
                imported.place(),
                ImportProblem.Code.BUNDLE_DROPPED,
                "bundle %s: %s"
                    .formatted(
                        Entries.shown(imported.search().name()), refused.problem().detail())));
      }
    }

    @Override
    public void problem(ImportProblem problem) {
      if (bookmarks >= done) {
        report.problem(problem);
      }
    }

    /// Stores what was collected, then remembers that it did.
    void flush() {
      if (!chunk.isEmpty()) {
        store.store(chunk);
        chunk.clear();
      }
      progress();
    }

    private void progress() {
      long reached = Math.max(done, bookmarks);
      ImportReport now = report.report();
      run.progress(reached, total, new Memory(reached, now), now);
    }
  }
}
