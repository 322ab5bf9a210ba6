package dev.quarterdeck.bookmarks.jobs;

import dev.quarterdeck.http.Json;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The jobs of all users: accepted durably, done a few at once in the order in which they came,
/// taken up again where they were when the process ends. Who works on a job holds its lease, so two
/// processes never work on one. Safe for all threads.
public final class Jobs implements AutoCloseable {
  /// What the store must be opened with.
  public static final Kind KIND = JobStore.KIND;

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final int AT_ONCE = 2;
  private static final int OPEN_PER_USER = 10;
  private static final int RESTARTS_MAX = 5;
  private static final int LIST_MAX = 100;
  private static final int SWEEP = 50;
  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration WATCH_EVERY = LEASE.dividedBy(3);

  private final JobStore store;
  private final Ids ids;
  private final InstantSource clock;
  private final String holder;
  private final Map<String, Work> works;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  /// Ids of those that this process has in hand, waiting or running.
  private final Set<String> inHand = ConcurrentHashMap.newKeySet();

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stopping;

  /// @param documents opened with [#KIND]
  /// @param works one per type
  public Jobs(Documents documents, List<Work> works, InstantSource clock) {
    this.store = new JobStore(documents);
    this.ids = new Ids(clock);
    this.clock = clock;
    this.holder = ids.next();
    this.works =
        works.stream().collect(Collectors.toUnmodifiableMap(Work::type, Function.identity()));
  }

  /// Takes up what the process before left, at once: the embedded store is held by one process, so
  /// whoever held a lease is dead.
  public void start() {
    store.open().forEach(job -> begin(job, true));
    watchFromNowOn();
  }

  /// Starts beside other processes with the same store: what they work on is theirs, as long as
  /// they renew their leases.
  void startBeside() {
    watch();
    watchFromNowOn();
  }

  private void watchFromNowOn() {
    sweep();
    Thread.ofVirtual()
        .name("job-watch")
        .start(
            () -> {
              try {
                while (!stopped.await(WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                  try {
                    watch();
                  } catch (StoreException broken) {
                    LOG.warn("leases of jobs were not renewed: {}", broken.getMessage());
                  }
                }
              } catch (InterruptedException ended) {
                LOG.debug("the watch over jobs was interrupted");
              }
            });
  }

  /// Renews the leases of this process, and takes up what nobody works on.
  void watch() {
    for (Job job : store.open()) {
      Instant now = clock.instant();
      if (job.heldBy(holder) && inHand.contains(job.id())) {
        var unused =
            store.change(job.id(), each -> each.heldBy(holder) ? each.leased(lease(now)) : each);
      } else if (!job.heldByAnother(holder, now)) {
        begin(job, false);
      }
    }
  }

  private Optional<Job.Lease> lease(Instant now) {
    return Optional.of(new Job.Lease(holder, now.plus(LEASE)));
  }

  /// Accepts a job. When this returns it is durable, and waits for its turn.
  ///
  /// @param input any value that JSON can hold
  /// @throws ProblemException 400 when the user has too many unfinished ones
  public Job submit(String owner, String type, Object input) {
    if (!works.containsKey(type)) {
      throw new IllegalArgumentException(type + ": no work of this type");
    }
    if (store.openOf(owner) >= OPEN_PER_USER) {
      throw new Problem.InvalidState(
              "too_many_jobs",
              "You have %d unfinished jobs, which is the greatest number; wait for one, or cancel one"
                  .formatted(OPEN_PER_USER))
          .raise();
    }
    Job job = Job.queued(ids.next(), owner, type, node(input), clock.instant());
    store.add(job);
    sweep();
    begin(job, false);
    return job;
  }

  /// A job of a user.
  public Optional<Job> find(String owner, String type, String id) {
    return store.find(id).filter(job -> job.owner().equals(owner) && job.type().equals(type));
  }

  /// A user's jobs of one type, the newest first, at most 100; finished ones are kept for a week.
  public List<Job> list(String owner, String type) {
    return store.of(owner, type, LIST_MAX);
  }

  /// Asks a job to end; it does so soon. Nothing happens to one that has ended.
  ///
  /// @return the job as it is now; empty when the user has none with this id
  public Optional<Job> cancel(String owner, String type, String id) {
    if (find(owner, type, id).isEmpty()) {
      return Optional.empty();
    }
    Optional<Job> after =
        store.change(
            id,
            job ->
                switch (job.state()) {
                  case QUEUED ->
                      job.cancelAsked()
                          .finished(Job.State.CANCELLED, Optional.empty(), clock.instant());
                  case RUNNING -> job.cancelAsked();
                  case COMPLETED, FAILED, CANCELLED -> job;
                });
    if (after.filter(job -> job.state() == Job.State.RUNNING).isPresent()) {
      cancelled.add(id);
    }
    return after;
  }

  /// Lets the work in progress reach its next step and remembers it for the next start.
  @Override
  public void close() {
    stopping = true;
    stopped.countDown();
    long end = System.nanoTime() + STOP_PATIENCE.toNanos();
    try {
      for (Thread thread : threads) {
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        if (!thread.join(left)) {
          LOG.warn("{} did not end in time; it goes on after the next start", thread.getName());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// @param alone whether leases of others are void
  private void begin(Job job, boolean alone) {
    if (!inHand.add(job.id())) {
      return;
    }
    Thread thread =
        Thread.ofVirtual()
            .name("job-" + job.id())
            .unstarted(
                () -> {
                  try {
                    turn(job.id(), alone);
                  } finally {
                    inHand.remove(job.id());
                    cancelled.remove(job.id());
                    threads.remove(Thread.currentThread());
                  }
                });
    threads.add(thread);
    thread.start();
  }

  private void turn(String id, boolean alone) {
    places.acquireUninterruptibly();
    try {
      if (stopping) {
        return;
      }
      Instant now = clock.instant();
      Optional<Job> job =
          store.change(
              id,
              each ->
                  each.finished() || (!alone && each.heldByAnother(holder, now))
                      ? each
                      : each.started(now).leased(lease(now)));
      if (job.filter(each -> !each.finished() && each.heldBy(holder)).isPresent()) {
        work(job.get());
      }
    } catch (StoreException broken) {
      LOG.error("job {}: the store failed; it is taken up again in a while", id, broken);
    } finally {
      places.release();
    }
  }

  private void work(Job job) {
    if (job.cancelRequested()) {
      finish(job, Job.State.CANCELLED, Optional.empty());
      return;
    }
    Work work = works.get(job.type());
    if (work == null || job.restarts() > RESTARTS_MAX) {
      String why =
          work == null
              ? "this server does not know such jobs any more"
              : "the server ended %d times while it was worked on".formatted(job.restarts());
      finish(job, Job.State.FAILED, Optional.of(why));
      return;
    }
    try {
      work.run(new StoredRun(job));
      finish(job, Job.State.COMPLETED, Optional.empty());
    } catch (Run.Stopped stopped) {
      if (cancelled.contains(job.id())) {
        finish(job, Job.State.CANCELLED, Optional.empty());
      } else {
        var unused =
            store.change(
                job.id(), each -> each.heldBy(holder) ? each.leased(Optional.empty()) : each);
      }
    } catch (ProblemException refused) {
      finish(job, Job.State.FAILED, Optional.of(refused.problem().detail()));
    } catch (StoreException broken) {
      throw broken;
    } catch (Exception failure) {
      LOG.error("job {} ({}) failed", job.id(), job.type(), failure);
      finish(
          job,
          Job.State.FAILED,
          Optional.of(
              "something went wrong on our side; the server's log tells under " + job.id()));
    }
  }

  private void finish(Job job, Job.State end, Optional<String> why) {
    store.change(
        job.id(),
        each ->
            each.finished() || !each.heldBy(holder)
                ? each
                : each.finished(end, why, clock.instant()));
  }

  private void sweep() {
    for (Job old : store.finishedBefore(clock.instant().minus(KEPT), SWEEP)) {
      Work work = works.get(old.type());
      if (work != null) {
        work.forget(old);
      }
      store.delete(old.id());
    }
  }

  private static JsonNode node(Object value) {
    return Json.parse(Json.text(value).getBytes(StandardCharsets.UTF_8));
  }

  /// A run whose progress is stored.
  private final class StoredRun implements Run {
    private final Job job;

    StoredRun(Job job) {
      this.job = job;
    }

    @Override
    public Job job() {
      return job;
    }

    @Override
    public <T> T input(Class<T> type) {
      return Json.read(job.input().toString(), type);
    }

    @Override
    public <T> Optional<T> memory(Class<T> type) {
      return Optional.ofNullable(job.memory())
          .filter(node -> !node.isNull())
          .map(node -> Json.read(node.toString(), type));
    }

    @Override
    public void progress(long done, long total, Object memory, Object result) {
      JsonNode remembered = node(memory);
      JsonNode shown = node(result);
      Optional<Job> after =
          store.change(
              job.id(),
              each ->
                  each.heldBy(holder)
                      ? each.at(done, total, remembered, shown).leased(lease(clock.instant()))
                      : each);
      if (after.filter(each -> each.heldBy(holder)).isEmpty()) {
        throw new Stopped();
      }
      if (after.get().cancelRequested()) {
        cancelled.add(job.id());
      }
      check();
    }

    @Override
    public void check() {
      if (stopping || cancelled.contains(job.id())) {
        throw new Stopped();
      }
    }
  }
}
