package dev.quarterdeck.executions;

import dev.quarterdeck.events.EventHandler;
import dev.quarterdeck.events.EventOrigin;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.OutputLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Executions, put together: accepts programs, runs them in the sandbox, keeps what became of them,
/// and lets others watch. All methods may be called by any number of threads, after [#start].
public final class Executions {
  /// Largest output that a result carries; a stream delivers more.
  private static final int WHOLE = 256 * 1024 * 1024;

  private final Ports ports;
  private final PodSettings pod;
  private final ExecutionEvents events;
  private final Signals signals;
  private final ExecutionStore store;
  private final RunQueue queue;
  private final Workers workers;
  private final Soon soon = new Soon();
  private final Submissions submissions;
  private final Cancellations cancellations;
  private final Interactions interactions;
  private final Orchestrator orchestrator;
  private final Housekeeping housekeeping;
  private final SlotAudit audit;
  private final Languages languages;
  private final RunLimits limits;
  private final RunSettings run;
  private final RunFiles files;

  /// What executions stand on.
  ///
  /// @param freeBytes free space of the data directory
  /// @param sandbox stays the caller's: it is closed by whoever opened it, after [#stop]
  public record Ports(
      Documents documents,
      OutputLog output,
      Sandbox sandbox,
      LongSupplier freeBytes,
      InstantSource clock) {}

  /// How things stand.
  ///
  /// @param slots how many run at once
  /// @param slotsInUse how many run
  /// @param slotsOverdue how many run though their lease is over; 0 unless something is wrong
  /// @param slotsDivergent slots that are not what they are counted as: without a worker, or in use
  ///   in the sandbox for a run that has ended; 0 unless something is wrong
  /// @param queueDepth how many wait
  /// @param level level of the sandbox
  /// @param mayRun whether anything may run
  public record Health(
      int slots,
      int slotsInUse,
      int slotsOverdue,
      int slotsDivergent,
      int queueDepth,
      String level,
      boolean mayRun) {}

  /// @param dispatchers threads that wake those who watch (`SSE_CONSUMER_POOL_SIZE`)
  public Executions(
      Ports ports,
      ExecutionSettings settings,
      PodSettings pod,
      RunSettings run,
      EventOrigin origin,
      int dispatchers) {
    InstantSource clock = ports.clock();
    Ids ids = new Ids(clock);
    String worker = ids.next();
    this.ports = ports;
    this.pod = pod;
    this.signals = new Signals(dispatchers);
    this.events = new ExecutionEvents(origin);
    this.store = new ExecutionStore(ports.documents(), events, signals);
    this.queue = new RunQueue(settings.executionQueueMax(), settings.executionQueueMaxPerUser());
    this.run = run;
    this.files = new RunFiles(ports.documents());
    this.limits = LimitPolicy.limits(pod, settings, run);
    this.workers =
        new Workers(
            worker,
            LimitPolicy.slots(pod, settings),
            queue,
            store,
            new ProgramRunner(limits, run, ports.sandbox(), ports.output(), signals, files, soon),
            soon,
            clock,
            ids);
    this.submissions =
        new Submissions(
            store,
            queue,
            ports.sandbox(),
            ports.freeBytes(),
            settings.diskLowWatermark().bytes(),
            clock,
            ids);
    this.interactions = new Interactions(store, workers.live());
    this.cancellations = new Cancellations(store, queue, workers.live(), clock, ids);
    this.orchestrator = new Orchestrator(store, queue, workers.live());
    this.audit = new SlotAudit(workers, ports.sandbox(), clock);
    this.housekeeping =
        new Housekeeping(
            new Recovery(worker, store, queue, workers.live(), clock, ids),
            new Retention(store, ports.output(), files, settings.executionRetentionDays(), clock),
            audit);
    this.languages = new Languages(ports.sandbox().languages());
  }

  /// The kinds of documents that the store must know.
  public static List<Kind> kinds() {
    return List.of(ExecutionDocuments.KIND, RunFiles.KIND);
  }

  /// Looks after what an earlier process left, then runs what waits.
  public void start() {
    signals.start();
    soon.start();
    housekeeping.recover();
    workers.start();
    housekeeping.start();
  }

  /// Stops within the time: no new runs; what runs may end by itself for the greater part of it,
  /// then is killed and runs again at the next start, as a new attempt that is not counted as lost.
  public void stop(Duration atMost) throws InterruptedException {
    Duration afterKill = atMost.dividedBy(4);
    stop(atMost.minus(afterKill), afterKill);
  }

  void stop(Duration drain, Duration afterKill) throws InterruptedException {
    housekeeping.stop();
    workers.stop(drain, afterKill);
    soon.stop();
    signals.stop();
  }

  /// What reacts to the events of the journal; to be started after [#start].
  public List<EventHandler> handlers() {
    return List.of(orchestrator);
  }

  /// How things stand now.
  public Health health() {
    SandboxReport report = ports.sandbox().report();
    return new Health(
        workers.slots(),
        workers.live().count(),
        workers.live().overdue(ports.clock().instant()).size(),
        audit.divergent(),
        queue.depth(),
        report.level(),
        report.mayRun());
  }

  /// Where an execution that waits stands in line.
  ///
  /// @param position 1 for the next one
  /// @param estimatedStart when its turn comes if runs take as long as the last ones did; empty
  ///   before the first run
  public record Waiting(int position, Optional<Instant> estimatedStart) {}

  /// Where an execution stands in line; empty when it does not wait there.
  public Optional<Waiting> waiting(String id) {
    return queue.position(id).stream()
        .boxed()
        .findFirst()
        .map(place -> new Waiting(place, workers.estimatedStart(place, ports.clock().instant())));
  }

  /// Counts and amounts for those who watch the server, by name.
  public Map<String, Long> counters() {
    Health health = health();
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("slots", (long) health.slots());
    counters.put("slots_in_use", (long) health.slotsInUse());
    counters.put("slots_overdue", (long) health.slotsOverdue());
    counters.put("slots_divergent", (long) health.slotsDivergent());
    counters.put("slots_lost_total", workers.lost());
    counters.put("queue_depth", (long) health.queueDepth());
    counters.putAll(ports.sandbox().counters());
    return counters;
  }

  /// The executions that have a place in the sandbox though no slot has them.
  Set<String> strays() {
    return audit.strays();
  }

  /// Looks after what nobody else looks after, as it is done every minute.
  void lookAfter() {
    housekeeping.step();
  }

  /// How many wait in line now, of each priority, none left out.
  public Map<Priority, Integer> waiting() {
    return queue.waiting();
  }

  /// The languages of this host.
  public Languages languages() {
    return languages;
  }

  /// What runs may use.
  public PodSettings pod() {
    return pod;
  }

  /// How events look.
  public ExecutionEvents events() {
    return events;
  }

  /// Accepts a program; what this answers is durable. The same key of the same user with the same
  /// program answers the first execution again for 24 hours.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 422, 429 or 503, with the reason
  public Execution submit(Owner owner, Program program, Priority priority, Optional<String> key) {
    return submissions.submit(owner, program, priority, key);
  }

  /// Waits until an execution has ended, at most so long.
  ///
  /// @return it as it is then
  public Execution await(String id, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    try (Signals.Subscription news = signals.subscribeToEnd(id)) {
      Execution execution = latest(id);
      long left = atMost.toNanos();
      while (execution.finished().isEmpty() && left > 0) {
        news.await(Duration.ofNanos(left));
        execution = news.latest().orElseGet(() -> latest(id));
        left = deadline - System.nanoTime();
      }
      return execution;
    }
  }

  private Execution latest(String id) {
    return store.latest(id).orElseThrow(() -> Cancellations.notFound(id));
  }

  /// Passes bytes on to the standard input of an interactive program that runs, and ends it on
  /// demand.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404; 409 when it does not run or its input is
  ///   closed; 429 when it has not read what came before
  public void stdin(String id, byte[] bytes, boolean close) {
    interactions.stdin(id, bytes, close);
  }

  /// The same for one that may still wait for its slot: what comes before it runs is kept for it.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException as [#stdin]
  public void stdinSoon(String id, byte[] bytes, boolean close) {
    interactions.stdinSoon(id, bytes, close);
  }

  /// Sends a signal, 1 to 31, to a program that runs.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404; 409 when it does not run
  public void signal(String id, int number) {
    interactions.signal(id, number);
  }

  /// How many bytes of a running program's standard error are its compiler's, once that is known.
  public OptionalLong compilerBytes(String id) {
    return workers.live().find(id).map(LiveRuns.Live::compilerBytes).orElse(OptionalLong.empty());
  }

  /// What a run may use at most.
  public RunLimits limits() {
    return limits;
  }

  /// The execution with this id.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404 when there is none
  public Execution get(String id) {
    return store.find(id).orElseThrow(() -> Cancellations.notFound(id));
  }

  /// Stops an execution, for good, also when this process ends before the program does.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404; 400 when it has ended otherwise
  public Cancelled cancel(String id, String reason, String by) {
    return cancellations.cancel(id, reason, by);
  }

  /// Deletes an execution with its output; one that has not ended is cancelled first.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404
  public void delete(String id, String by) throws InterruptedException {
    Execution execution = get(id);
    try (Signals.Subscription news = signals.subscribe(id)) {
      while (execution.finished().isEmpty()) {
        if (execution.state() instanceof ExecutionState.Queued || news.stateChanged()) {
          stopForDeletion(id, by);
        }
        execution = get(id);
        if (execution.finished().isEmpty()) {
          news.await(Duration.ofSeconds(1));
        }
      }
    }
    ports.output().delete(id);
    files.delete(execution);
    store.delete(execution, Change.Urgency.INTERACTIVE);
  }

  private void stopForDeletion(String id, String by) {
    try {
      cancellations.cancel(id, "deleted", by);
    } catch (ProblemException endedMeanwhile) {
      get(id);
    }
  }

  /// Everything that the last attempt wrote, up to 256 MiB.
  public Output output(Execution execution) {
    return output(execution, WHOLE);
  }

  /// What the last attempt wrote, at most so many bytes.
  public Output output(Execution execution, int atMost) {
    return Output.read(ports.output(), execution, atMost);
  }

  /// The files that the last attempt handed back.
  public List<SourceFile> files(Execution execution) {
    return files.of(execution.id(), execution.state().attempt());
  }

  /// What a run may use at most and hand back, by settings.
  public RunSettings run() {
    return run;
  }

  /// Gives each piece of what the last attempt wrote, both streams in their common order.
  public void pieces(Execution execution, Consumer<OutputLog.Frame> reader) {
    Output.each(
        ports.output(),
        execution,
        WHOLE,
        frame -> {
          reader.accept(frame);
          return true;
        });
  }

  /// The executions that meet the filter, newest first.
  public Listing list(Filter filter, int skip, int limit) {
    return filter.list(store, skip, limit);
  }

  /// Tells the observer what happens to an execution from a position on, until its result.
  public void watch(String id, Position from, Observer observer)
      throws IOException, InterruptedException {
    try (Signals.Subscription news = signals.subscribe(id)) {
      new Watch(id, from, store, ports.output(), observer).run(news);
    }
  }

  /// Part of a list.
  ///
  /// @param total how many there are in all
  public record Listing(List<Execution> executions, long total) {
    public Listing {
      executions = List.copyOf(executions);
    }
  }
}
