package dev.quarterdeck.production;

import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.Refs;
import dev.quarterdeck.production.source.Source;
import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The current snapshot: made anew when it is older than the settings allow, by one flight that all
/// callers share, and swapped whole. While the source fails, the one before is answered and says
/// so.
final class Snapshots implements AutoCloseable {
  /// A flight goes on when its callers no longer wait for it.
  private static final Duration FLIGHT = Duration.ofMinutes(5);

  /// After a failure the source is left alone for so long, unless it asks for more.
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private static final Duration ENDING = Duration.ofSeconds(10);

  /// Paths of environments that came to differ only because production moved are looked for so
  /// seldom: each can cost many requests, and what moved is known.
  private static final Duration THOROUGH = Duration.ofMinutes(10);

  /// Requests of a search for authors in the pause after the budget was used up: enough for the
  /// newest commits.
  private static final int IN_PAUSE = 16;

  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

  private final Source source;
  private final SnapshotBuilder builder;
  private final Branches branches;
  private final AuthorSearch search;
  private final ProductionOptions options;
  private final InstantSource clock;
  private final Object lock = new Object();

  private @Nullable Snapshot latest;
  private Authors authors = Authors.NONE;
  private @Nullable Refs refs;
  private @Nullable CompletableFuture<Snapshot> flight;
  private @Nullable CompletableFuture<Boolean> searching;

  /// Everything that runs, also what has answered and still writes.
  private final Set<Thread> underway = ConcurrentHashMap.newKeySet();

  private Instant notBefore = Instant.MIN;
  private Instant searchAgain = Instant.MIN;
  private Instant thoroughAgain = Instant.MIN;
  private Map<String, String> searchedHeads = Map.of();
  private String failure = "";
  private int lastRequests;
  private boolean expired;
  private boolean closed;

  Snapshots(
      Source source,
      SnapshotBuilder builder,
      Branches branches,
      AuthorSearch search,
      ProductionOptions options,
      InstantSource clock) {
    this.source = source;
    this.builder = builder;
    this.branches = branches;
    this.search = search;
    this.options = options;
    this.clock = clock;
  }

  /// The snapshot of now.
  ///
  /// @param withAuthors whether to wait, within the time limit, for the search for last commits
  /// @throws SourceException when there is none and the source fails
  Snapshot current(boolean withAuthors) {
    long deadline = System.nanoTime() + options.timeLimit().toNanos();
    Snapshot snapshot = refreshed(deadline);
    CompletableFuture<Boolean> running;
    synchronized (lock) {
      running = searching;
    }
    if (withAuthors && running != null && !snapshot.authorsComplete()) {
      waitFor(running, deadline);
      synchronized (lock) {
        Snapshot now = latest;
        return now != null && now.etagWithoutAuthors().equals(snapshot.etagWithoutAuthors())
            ? snapshot.with(authors)
            : snapshot;
      }
    }
    return snapshot;
  }

  /// All branches as they were told last, or asked for now when the settings need only some.
  Refs branches(Call call) {
    synchronized (lock) {
      Refs known = refs;
      if (known != null && branches.scope().equals(RefScope.BRANCHES)) {
        return known;
      }
    }
    return source.refs(call, RefScope.BRANCHES, null);
  }

  /// Makes the next question ask the source again.
  void expire() {
    synchronized (lock) {
      expired = true;
      notBefore = Instant.MIN;
    }
  }

  /// Upstream requests of the last refresh, its search for authors included.
  int lastRequests() {
    synchronized (lock) {
      return lastRequests;
    }
  }

  private Snapshot refreshed(long deadline) {
    CompletableFuture<Snapshot> joined;
    Snapshot before;
    synchronized (lock) {
      before = latest;
      Instant now = clock.instant();
      if (before != null && !expired && now.isBefore(before.asOf().plus(options.refsFor()))) {
        return before;
      }
      if (before != null && now.isBefore(notBefore)) {
        return before.outdated(failure);
      }
      joined = flight == null ? takeOff() : flight;
    }
    try {
      return joined.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      if (before == null) {
        throw cause instanceof SourceException fault
            ? new SourceException(fault.fault(), fault)
            : new CompletionException(cause);
      }
      return before.outdated(String.valueOf(cause.getMessage()));
    } catch (TimeoutException slow) {
      if (before == null) {
        throw new SourceException(
            new SourceFault.Timeout(
                source.name() + ": is still being read for the first time; ask again shortly"),
            slow);
      }
      return before.outdated(source.name() + ": did not answer in time and is still being asked");
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new SourceException(new SourceFault.Cancelled("the caller gave up"), ended);
    }
  }

  private CompletableFuture<Snapshot> takeOff() {
    if (closed) {
      throw new SourceException(new SourceFault.Cancelled("production state is shutting down"));
    }
    CompletableFuture<Snapshot> started = new CompletableFuture<>();
    flight = started;
    start("production-refresh", () -> fly(started));
    return started;
  }

  private void start(String name, Runnable work) {
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(
                () -> {
                  try {
                    work.run();
                  } finally {
                    underway.remove(Thread.currentThread());
                  }
                });
    underway.add(thread);
    thread.start();
  }

  private void fly(CompletableFuture<Snapshot> result) {
    try {
      Snapshot refreshed = refresh();
      land();
      result.complete(refreshed);
      search.write();
    } catch (RuntimeException | Error broken) {
      failed(broken);
      land();
      result.completeExceptionally(broken);
    }
  }

  /// Before anybody is told, so that who asks next does not join a flight that is over.
  private void land() {
    synchronized (lock) {
      flight = null;
    }
  }

  private Snapshot refresh() {
    Call call = Call.within(FLIGHT, options.requestBudget());
    Snapshot before;
    Refs known;
    Authors found;
    synchronized (lock) {
      before = latest;
      known = refs;
      found = authors;
    }
    Instant asked = clock.instant();
    Refs now = source.refs(call, branches.scope(), known);
    Snapshot built = builder.build(call, now, before, asked).with(found);
    if (source.kind() == Source.Kind.GIT) {
      search.search(call, built, found, true, this::learn);
    }
    synchronized (lock) {
      refs = now;
      Snapshot fresh =
          before != null && before.etagWithoutAuthors().equals(built.etagWithoutAuthors())
              ? (latest == null ? before : latest).confirmed(asked)
              : built.with(authors);
      latest = fresh;
      lastRequests = call.requests();
      expired = false;
      notBefore = Instant.MIN;
      if (source.kind() != Source.Kind.GIT) {
        searchOn(fresh, call);
      }
      return fresh;
    }
  }

  private void failed(Throwable broken) {
    Duration pause = AFTER_FAILURE;
    if (broken instanceof SourceException exception) {
      if (exception.fault() instanceof SourceFault.RateLimited limited) {
        pause =
            limited.retryAfter().filter(asked -> asked.compareTo(AFTER_FAILURE) > 0).orElse(pause);
      }
      log.warn("production state could not be refreshed: {}", exception.getMessage());
    } else {
      log.error("production state could not be refreshed", broken);
    }
    synchronized (lock) {
      failure = String.valueOf(broken.getMessage());
      notBefore = clock.instant().plus(pause);
    }
  }

  /// Starts a search for what is not known, unless one is under way. With the lock held.
  private void searchOn(Snapshot snapshot, Call call) {
    boolean pausing = clock.instant().isBefore(searchAgain);
    boolean thorough = !pausing && !clock.instant().isBefore(thoroughAgain);
    boolean complete = snapshot.authorsComplete();
    if (closed
        || searching != null
        || (complete && (pausing || !search.lacksPaths(snapshot, authors, thorough)))) {
      return;
    }
    if (pausing && !complete && snapshot.heads().equals(searchedHeads)) {
      return;
    }
    searchedHeads = snapshot.heads();
    int budget = pausing ? IN_PAUSE : call.remainingRequests();

    CompletableFuture<Boolean> started = new CompletableFuture<>();
    searching = started;
    start(
        "production-authors",
        () -> searchAll(snapshot, Call.within(FLIGHT, budget), thorough, started));
  }

  private void searchAll(
      Snapshot snapshot, Call call, boolean thorough, CompletableFuture<Boolean> result) {
    boolean complete = false;
    Duration pause = options.refsFor();
    try {
      Authors known;
      synchronized (lock) {
        known = authors;
      }
      complete = search.search(call, snapshot, known, thorough, this::learn);
      pause = call.remainingRequests() == 0 ? options.pause() : pause;
    } catch (SourceException failed) {
      log.warn("last commits could not all be found: {}", failed.getMessage());
    } catch (RuntimeException broken) {
      log.error("last commits could not all be found", broken);
    } finally {
      synchronized (lock) {
        searching = null;
        lastRequests += call.requests();
        if (!complete) {
          searchAgain = clock.instant().plus(pause);
        } else if (thorough) {
          thoroughAgain = clock.instant().plus(THOROUGH);
        }
      }
      search.write();
      result.complete(complete);
    }
  }

  private void learn(Authors more) {
    synchronized (lock) {
      authors = more;
      Snapshot now = latest;
      if (now != null) {
        latest = now.with(more);
      }
    }
  }

  private static void waitFor(CompletableFuture<Boolean> running, long deadline) {
    try {
      running.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException answeredAsPending) {
      log.debug("last commits are still being looked for", answeredAsPending);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new SourceException(new SourceFault.Cancelled("the caller gave up"), ended);
    }
  }

  /// Ends what is under way, and waits until it has ended.
  @Override
  public void close() {
    List<Thread> running;
    synchronized (lock) {
      closed = true;
      running = List.copyOf(underway);
    }
    running.forEach(Thread::interrupt);
    try {
      for (Thread thread : running) {
        thread.join(ENDING);
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
