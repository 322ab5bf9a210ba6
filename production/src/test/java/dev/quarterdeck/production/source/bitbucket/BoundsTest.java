package dev.quarterdeck.production.source.bitbucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.fakes.FakeCloud;
import dev.quarterdeck.production.fakes.Fault;
import dev.quarterdeck.production.fixtures.GitFixture;
import dev.quarterdeck.production.source.Call;
import dev.quarterdeck.production.source.RefScope;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.testing.Awaiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in flight and open at once, as the server sees it.
class BoundsTest {
  @TempDir Path directory;
  private GitFixture git;
  private FakeCloud fake;

  @BeforeEach
  void start() {
    git = GitFixture.create(directory.resolve("org.git"));
    git.on("master").put("classes/A.cls", "class A {}\n").commit("one");
    fake = FakeCloud.serve(git.directory());
  }

  @AfterEach
  void stop() {
    fake.close();
    git.close();
  }

  private void askAtOnce(Bench bench, int callers) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(threads.submit(() -> bench.source().refs(Bench.call(), RefScope.BRANCHES, null)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  @Test
  void noMoreRequestsAreInFlightThanWorkers() throws ExecutionException, InterruptedException {
    fake.server().latency(Duration.ofMillis(30));
    fake.server().together(3);
    try (Bench bench = Bench.of(fake, 3, 32)) {
      askAtOnce(bench, 24);
      assertThat(fake.counters().maxInFlight()).isEqualTo(3);
      assertThat(fake.counters().requests()).isEqualTo(24);
      assertThat(bench.meter().read().inFlight()).isZero();
    }
  }

  @Test
  void noMoreConnectionsAreOpenThanThePoolHasAndTheyAreUsedAgain()
      throws ExecutionException, InterruptedException {
    fake.server().latency(Duration.ofMillis(30));
    fake.server().together(2);
    try (Bench bench = Bench.of(fake, 16, 2)) {
      askAtOnce(bench, 20);
      assertThat(fake.counters().maxOpenConnections()).isEqualTo(2);
      assertThat(fake.counters().connections()).isEqualTo(2);
    }
  }

  @Test
  void oneConnectionServesRequestsOneAfterTheOther() {
    try (Bench bench = Bench.of(fake)) {
      for (int i = 0; i < 10; i++) {
        bench.source().refs(Bench.call(), RefScope.BRANCHES, null);
      }
      assertThat(fake.counters().connections()).isOne();
    }
  }

  @Test
  void aConnectionThatTheHostClosedMeanwhileIsReplaced() {
    try (Bench bench = Bench.of(fake)) {
      bench.source().refs(Bench.call(), RefScope.BRANCHES, null);
      fake.server().fail(1, request -> true, new Fault.Reset());
      bench.source().refs(Bench.call(), RefScope.BRANCHES, null);
      assertThat(fake.counters().connections()).isEqualTo(2);
    }
  }

  @Test
  void whoFindsNoPlaceInTimeIsTold() throws InterruptedException {
    fake.server().fail(1, request -> true, new Fault.Hang());
    try (Bench bench = Bench.of(fake, 1, 1)) {
      Thread holder =
          Thread.ofVirtual()
              .start(
                  () ->
                      Bench.fault(
                          () -> bench.source().refs(Bench.call(), RefScope.BRANCHES, null)));
      Awaiting.until("the request is sent", () -> fake.counters().requests() == 1);
      SourceFault fault =
          Bench.fault(
              () ->
                  bench
                      .source()
                      .refs(Call.within(Duration.ofMillis(200), 10), RefScope.BRANCHES, null));
      assertThat(fault).isInstanceOf(SourceFault.Timeout.class);
      assertThat(fault.detail()).startsWith("BITBUCKET_MAX_WORKERS: other requests to ");
      holder.interrupt();
      holder.join();
    }
  }

  @Test
  void anUnchangedListOfBranchesIsOneShortAnswer() {
    try (Bench bench = Bench.of(fake)) {
      var known = bench.source().refs(Bench.call(), RefScope.BRANCHES, null);
      assertThat(bench.source().refs(Bench.call(), RefScope.BRANCHES, known)).isSameAs(known);
      assertThat(bench.meter().read().statuses()).containsEntry(200, 1L).containsEntry(304, 1L);
    }
  }

  @Test
  void theTokenIsSentAsBearerAndWithAnEmailAsBasic() {
    BitbucketOptions bearer = Bench.options(fake, 8, 32, Duration.ofMinutes(1));
    BitbucketOptions basic =
        new BitbucketOptions(
            bearer.baseUrl(),
            bearer.workspace(),
            bearer.repo(),
            bearer.token(),
            Optional.of("user@example.org"),
            8,
            32,
            bearer.timeout());
    for (BitbucketOptions options : List.of(bearer, basic)) {
      try (Bench bench = Bench.with(fake, options)) {
        assertThat(bench.source().refs(Bench.call(), RefScope.BRANCHES, null).refs()).hasSize(1);
      }
    }
    assertThat(fake.counters().log())
        .extracting(request -> request.header("authorization").orElse("").substring(0, 6).strip())
        .containsExactly("Bearer", "Basic");
    assertThat(bearer.toString()).doesNotContain("fake-token");
  }

  @Test
  void waitsAreReadFromBothForms() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    assertThat(RetryAfter.parse("120", now)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse(" 0 ", now)).contains(Duration.ZERO);
    assertThat(RetryAfter.parse("Sun, 01 Mar 2026 12:01:00 GMT", now))
        .contains(Duration.ofMinutes(1));
    assertThat(RetryAfter.parse("Sun, 01 Mar 2026 11:00:00 GMT", now)).contains(Duration.ZERO);
    assertThat(RetryAfter.parse("999999999", now)).contains(Duration.ofDays(1));
    for (String nothing : List.of("", "soon", "-5", "1.5", "99999999999999999999")) {
      assertThat(RetryAfter.parse(nothing, now)).as(nothing).isEmpty();
    }
  }
}
