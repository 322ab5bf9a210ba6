package dev.quarterdeck.server.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.server.blackbox.EventStream.Event;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LiveOutputTest {
  private static final String EACH_200_MS =
      """
      import time
      for i in range(11):
          print("line", i, flush=True)
          time.sleep(0.2)
      """;
  private static final String LINES =
      IntStream.range(0, 11).mapToObj(i -> "line " + i + "\n").reduce("", String::concat);
  private static final int ATTEMPTS = 3;

  @TempDir(factory = Homes.class)
  static Path home;

  private static ServerProcess server;
  private static Client user;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = ServerProcess.start(home, "OUTPUT_MAX_BYTES=64MiB");
    user = server.user();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// What a client's clock saw of one run.
  private record Seen(Duration lead, Duration widestGap) {
    boolean live() {
      return lead.toMillis() >= 1000 && widestGap.toMillis() <= 400;
    }

    static Seen of(List<Event> events) {
      List<Event> output = events.stream().filter(Event::isOutput).toList();
      Event end = first(events, "execution_completed");
      long widest = 0;
      for (int i = 1; i < output.size(); i++) {
        widest = Math.max(widest, output.get(i).nanos() - output.get(i - 1).nanos());
      }
      return new Seen(
          Duration.ofNanos(end.nanos() - output.getFirst().nanos()), Duration.ofNanos(widest));
    }
  }

  private static Event first(List<Event> events, String type) {
    return events.stream().filter(event -> event.type().equals(type)).findFirst().orElseThrow();
  }

  private static List<Event> watch(String id, String... headers) {
    try (EventStream stream = user.stream(id, headers)) {
      return stream.rest();
    }
  }

  private static String text(List<Event> events) {
    return new String(EventStream.output(events, "stdout"), StandardCharsets.UTF_8);
  }

  /// A server that holds output back fails every attempt; a busy machine fails some.
  @Test
  void showsOutputWhileTheProgramRuns() {
    List<Seen> all = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Event> events = watch(user.execute("python", EACH_200_MS));
      assertThat(text(events)).isEqualTo(LINES);
      all.add(Seen.of(events));
      if (all.getLast().live()) {
        return;
      }
    }
    assertThat(all)
        .as("first output at least 1 s before the exit event, no gap over 400 ms")
        .anyMatch(Seen::live);
  }

  @Test
  void resumesInTheMiddleOfARunningProgramWithoutLossOrRepetition() {
    String id = user.execute("python", EACH_200_MS);
    List<Event> seen = new ArrayList<>();
    String from = "";
    boolean ended = false;
    int connections = 0;
    while (!ended) {
      String[] resume = from.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", from};
      connections++;
      try (EventStream stream = user.stream(id, resume)) {
        for (int read = 0; read < 2 && !ended; ) {
          Event event = stream.next().orElseThrow();
          ended = event.type().equals("result_stored");
          if (!event.id().isEmpty()) {
            seen.add(event);
            from = event.id();
            read++;
          }
        }
      }
    }
    assertThat(connections).isGreaterThan(3);
    assertThat(text(seen)).isEqualTo(LINES);
    assertThat(seen)
        .extracting(Event::id)
        .doesNotHaveDuplicates()
        .isEqualTo(watch(id).stream().map(Event::id).filter(each -> !each.isEmpty()).toList());
    try (EventStream after = user.stream(id, "Last-Event-ID", from)) {
      assertThat(after.status()).as("status when nothing is left to say").isEqualTo(204);
    }
  }

  @Test
  void showsTheSameToTwoWatchersAtOnceAndToALateOne()
      throws ExecutionException, InterruptedException {
    String id = user.execute("python", EACH_200_MS);
    Callable<List<Event>> watcher = () -> watch(id);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Event>> one = threads.submit(watcher);
      Future<List<Event>> two = threads.submit(watcher);
      assertThat(text(one.get())).isEqualTo(LINES);
      assertThat(ids(two.get())).isEqualTo(ids(one.get()));
      assertThat(ids(watch(id))).isEqualTo(ids(one.get()));
      assertThat(text(watch(id))).isEqualTo(LINES);
      assertThat(watch(id).getLast().type()).isEqualTo("result_stored");
    }
  }

  private static List<String> ids(List<Event> events) {
    return events.stream().map(Event::id).filter(id -> !id.isEmpty()).toList();
  }

  /// The program writes more than all buffers on the way to the watcher hold; were it to wait for
  /// the watcher, it would end at its time limit.
  @Test
  void isNotSlowedByAWatcherThatNeverReads() throws IOException {
    String id =
        user.execute(
            "python",
            """
            import sys, time
            time.sleep(0.5)
            for i in range(12 * 1024):
                sys.stdout.write("x" * 1023 + "\\n")
            """);
    URI address = user.address();
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new java.net.InetSocketAddress(address.getHost(), address.getPort()));
      deaf.getOutputStream()
          .write(
              ("GET /api/v1/events/executions/"
                      + id
                      + " HTTP/1.1\r\nHost: "
                      + address.getAuthority()
                      + "\r\nAuthorization: Bearer "
                      + user.token()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      List<Event> events = watch(id);
      Optional<Event> end =
          events.stream().filter(each -> each.type().equals("result_stored")).findFirst();
      assertThat(end).isPresent();
      assertThat(end.get().data().at("/result/verdict").asString()).isEqualTo("completed");
      assertThat(EventStream.output(events, "stdout")).hasSize(12 * 1024 * 1024);
    }
  }
}
