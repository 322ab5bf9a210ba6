package dev.quarterdeck.events;

import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.NewEvent;
import dev.quarterdeck.store.sqlite.SqliteStore;
import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// A real store with runners on it, for one test.
final class Bench implements AutoCloseable {
  static final Kind JOB = new Kind("main", "job", List.of());

  final TestClock clock = TestClock.atNoon();
  private final Path directory;
  private final EventFactory factory =
      new EventFactory(new Ids(clock), clock, new EventOrigin("test-service", "1.2.3", "test"));
  DlqSettings dlq = dlq(5, 60, 3600, 100, 1000);
  int maxPollRecords = 500;
  DeliveryMode mode = DeliveryMode.orderly();
  SqliteStore store;
  DeadLetters deadLetters;
  private final List<HandlerRunner> runners = new ArrayList<>();

  Bench(Path directory) {
    this.directory = directory;
    this.store = open();
    this.deadLetters = new DeadLetters(store.documents(), dlq, clock);
  }

  private SqliteStore open() {
    return SqliteStore.open(directory, "test", List.of(JOB, DeadLetters.KIND), clock);
  }

  static DlqSettings dlq(int attempts, int base, int max, int warning, int critical) {
    return new DlqSettings(
        attempts,
        Duration.ofSeconds(base),
        Duration.ofSeconds(max),
        Duration.ofDays(7),
        warning,
        critical);
  }

  static KafkaSettings kafka(int maxPollRecords) {
    return new KafkaSettings(
        List.of(),
        "group",
        KafkaSettings.OffsetReset.EARLIEST,
        true,
        Duration.ofSeconds(45),
        Duration.ofSeconds(10),
        Duration.ofSeconds(40),
        maxPollRecords);
  }

  void settings(DlqSettings settings) {
    dlq = settings;
    deadLetters = new DeadLetters(store.documents(), dlq, clock);
  }

  HandlerRunner run(EventHandler... handlers) {
    HandlerRunner runner =
        new HandlerRunner(
            store.journal("main"), deadLetters, kafka(maxPollRecords), dlq, mode, clock, clock::at);
    runners.add(runner);
    runner.start(List.of(handlers));
    return runner;
  }

  void restart() {
    close();
    runners.clear();
    store = open();
    deadLetters = new DeadLetters(store.documents(), dlq, clock);
  }

  /// Commits an event for each text, in one change of the job.
  void emit(String job, String... texts) throws Exception {
    List<NewEvent> events = new ArrayList<>();
    for (String text : texts) {
      var payload = JsonMapper.shared().createObjectNode().put("text", text);
      events.add(factory.event("job_said", job, Optional.empty(), payload).toEvent("job"));
    }
    append(job, events);
  }

  void append(String job, List<NewEvent> events) throws Exception {
    long version = store.documents().find(JOB, job).map(Document::version).orElse(0L);
    Document document = new Document(job, 0, Map.of(), new byte[0]);
    store.documents().commit(new Change.Put(JOB, document, version, events, Urgency.INTERACTIVE));
  }

  void awaitIdle() {
    for (HandlerRunner runner : runners) {
      Awaiting.until("all events handled or put aside", runner::idle);
    }
  }

  List<FailedEvent> dead() {
    return deadLetters.list(100, Optional.empty()).events();
  }

  List<FailedEvent> pending() {
    return deadLetters.pending(100, Optional.empty()).events();
  }

  @Override
  public void close() {
    runners.forEach(HandlerRunner::close);
    store.close();
  }
}
