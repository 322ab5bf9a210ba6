package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.EventJournal.Entry;
import dev.quarterdeck.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the index in step with the store. A platform thread of its own, which nobody interrupts,
/// follows the journal; what an event says is read from the store, so that taking an event in twice
/// changes nothing. The index on disk remembers the last event that it has, and is built anew when
/// it is missing, damaged, of another format, or when events between it and the journal are gone.
final class IndexKeeper implements AutoCloseable {
  /// Name under which the journal remembers how far the index on disk has come.
  static final String GROUP = "bookmark_search";

  private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);
  private static final int BATCH = 1_000;
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final SearchSource source;
  private final EventJournal journal;
  private final Generations generations;
  private final ExecutorService helpers =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("bookmark-search-helper").daemon().factory());
  private final Progress progress = new Progress();
  private final Thread thread;
  private @Nullable LuceneIndex index;
  private long applied;
  private long committed;
  private long commitDue;

  IndexKeeper(Path directory, SearchSource source, EventJournal journal) {
    this.source = source;
    this.journal = journal;
    this.generations = new Generations(directory);
    this.thread = Thread.ofPlatform().name("bookmark-search").daemon().unstarted(this::run);
  }

  void start() {
    journal.listen(progress::signal);
    thread.start();
  }

  /// Has the index built anew from the store; what it answers until then stays right.
  void rebuild(String reason) {
    progress.wantBuilding(reason);
  }

  Progress progress() {
    return progress;
  }

  /// What the index is now, and how far behind the journal.
  IndexStatus status() {
    return progress.status(journal.last());
  }

  /// Commits what it has taken in, and ends.
  @Override
  public void close() {
    progress.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException wait) {
        interrupted = true;
      }
    }
    helpers.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!progress.closing()) {
      try {
        if (index == null) {
          open();
        }
        follow();
      } catch (StoreException failure) {
        LOG.error("the search index cannot follow the store: {}", failure.getMessage());
        progress.pause(RETRY);
      } catch (IOException | AlreadyClosedException failure) {
        LOG.error("the search index cannot be written and is opened again", failure);
        abandon();
        progress.fail();
        progress.pause(RETRY);
      } catch (RuntimeException failure) {
        LOG.error("the search index met a fault and is built anew", failure);
        abandon();
        progress.wantBuilding("a fault: " + failure);
        progress.pause(RETRY);
      }
    }
    finish();
  }

  /// Opens what is on disk when it can be trusted, and has it built otherwise.
  private void open() throws IOException {
    Optional<Path> newest = generations.newest();
    String reason = "there was none";
    if (newest.isPresent()) {
      try {
        long position = LuceneIndex.committedPosition(newest.get());
        if (position >= 0 && connects(position)) {
          use(LuceneIndex.open(newest.get()), position);
          generations.keepOnly(newest.get());
          return;
        }
        reason =
            position < 0
                ? "it was not whole, or of another format"
                : "events after its position %d are gone".formatted(position);
      } catch (IOException | RuntimeException damaged) {
        if (damaged instanceof StoreException) {
          throw damaged;
        }
        reason = "it was damaged: " + damaged;
      }
    }
    build(reason);
  }

  /// Whether the journal goes on where the index has come to.
  private boolean connects(long position) {
    long last = journal.last();
    if (position >= last) {
      return position == last;
    }
    List<Entry> next = journal.read(position, 1);
    return !next.isEmpty() && next.getFirst().position() == position + 1;
  }

  private void build(String reason) throws IOException {
    long position = journal.last();
    if (position > 0) {
      LOG.warn("The search index of bookmarks is built from the store: {}", reason);
    }
    progress.building(reason, index != null);
    Path directory = generations.next();
    Optional<LuceneIndex> built =
        new Building(source, helpers)
            .build(directory, position, progress::built, progress::closing);
    if (built.isPresent()) {
      LuceneIndex replaced = index;
      use(built.get(), position);
      close(replaced);
      generations.keepOnly(directory);
      if (position > 0) {
        LOG.info("The search index of bookmarks is built, with {}", built.get().size());
      }
    }
  }

  private void use(LuceneIndex opened, long position) throws IOException {
    opened.refresh();
    index = opened;
    applied = position;
    committed = position;
    commitDue = System.nanoTime() + COMMIT_EVERY.toNanos();
    journal.saveCursor(GROUP, position);
    progress.ready(opened, position);
  }

  private void follow() throws IOException {
    LuceneIndex current = index;
    while (current != null && !progress.closing()) {
      Optional<String> wanted = progress.takeBuilding();
      if (wanted.isPresent()) {
        build(wanted.get());
        current = index;
        continue;
      }
      List<Entry> entries = journal.read(applied, BATCH);
      if (!entries.isEmpty() && entries.getFirst().position() != applied + 1) {
        progress.wantBuilding("events after its position %d are gone".formatted(applied));
        continue;
      }
      take(current, entries);
      boolean caughtUp = entries.size() < BATCH;
      if (progress.awaited(applied)) {
        current.refresh();
        progress.shown(applied);
      }
      commitWhenDue(current);
      if (caughtUp) {
        progress.await(applied == committed ? Optional.empty() : Optional.of(commitDue));
      }
    }
  }

  private void take(LuceneIndex into, List<Entry> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    Set<String> changed = new LinkedHashSet<>();
    entries.forEach(entry -> source.changed(entry).ifPresent(changed::add));
    for (Indexed bookmark : source.findAll(changed)) {
      into.put(bookmark);
      changed.remove(bookmark.id());
    }
    for (String gone : changed) {
      into.remove(gone);
    }
    applied = entries.getLast().position();
    progress.applied(applied);
  }

  private void commitWhenDue(LuceneIndex current) throws IOException {
    if (applied != committed && System.nanoTime() - commitDue >= 0) {
      commit(current);
    }
  }

  private void commit(LuceneIndex current) throws IOException {
    current.commit(applied);
    committed = applied;
    commitDue = System.nanoTime() + COMMIT_EVERY.toNanos();
    journal.saveCursor(GROUP, applied);
  }

  private void abandon() {
    LuceneIndex left = index;
    index = null;
    close(left);
  }

  private static void close(@Nullable LuceneIndex left) {
    if (left != null) {
      try {
        left.close();
      } catch (IOException | AlreadyClosedException failure) {
        LOG.debug("the search index did not close cleanly: {}", failure.getMessage());
      }
    }
  }

  private void finish() {
    LuceneIndex current = index;
    try {
      if (current != null && applied != committed) {
        commit(current);
      }
    } catch (IOException | AlreadyClosedException | StoreException failure) {
      LOG.warn("the search index catches up at the next start: {}", failure.getMessage());
    }
    abandon();
    progress.fail();
  }
}
