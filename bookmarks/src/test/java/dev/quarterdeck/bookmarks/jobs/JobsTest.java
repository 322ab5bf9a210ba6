package dev.quarterdeck.bookmarks.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.store.sqlite.SqliteStore;
import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
  @TempDir Path directory;
  private final TestClock clock = TestClock.atNoon();
  private SqliteStore store;
  private Jobs jobs;
  private Counting work;

  record Input(int steps) {}

  record Memory(int reached) {}

  /// Counts to a number; waits before step 3 until it may pass; fails at step 13.
  private static final class Counting implements Work {
    final List<Integer> steps = Collections.synchronizedList(new ArrayList<>());
    final List<String> forgotten = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch pass = new CountDownLatch(1);
    final CountDownLatch reached = new CountDownLatch(1);

    @Override
    public String type() {
      return "count";
    }

    @Override
    public void run(Run run) throws InterruptedException {
      int from = run.memory(Memory.class).map(Memory::reached).orElse(0);
      int to = run.input(Input.class).steps();
      for (int step = from + 1; step <= to; step++) {
        if (step == 3) {
          reached.countDown();
          while (pass.getCount() > 0) {
            run.check();
            Thread.onSpinWait();
          }
        }
        if (step == 13) {
          throw new Problem.BadRequest("bad_luck", "step 13 brings bad luck").raise();
        }
        steps.add(step);
        run.progress(step, to, new Memory(step), Map.of("counted", step));
      }
    }

    @Override
    public void forget(Job job) {
      forgotten.add(job.id());
    }
  }

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory, "jobs", List.of(Jobs.KIND), clock);
    begin();
  }

  private void begin() {
    work = new Counting();
    jobs = new Jobs(store.documents(), List.of(work), clock);
    jobs.start();
  }

  @AfterEach
  void close() {
    jobs.close();
    store.close();
  }

  private Job finished(String id) {
    Awaiting.until(
        "the job is finished", () -> jobs.find("u", "count", id).orElseThrow().finished());
    return jobs.find("u", "count", id).orElseThrow();
  }

  @Test
  void doesAJobAndKeepsItsResult() {
    work.pass.countDown();
    Job job = finished(jobs.submit("u", "count", new Input(5)).id());

    assertThat(job.state()).isEqualTo(Job.State.COMPLETED);
    assertThat(job.done()).isEqualTo(5);
    assertThat(job.total()).isEqualTo(5);
    assertThat(String.valueOf(job.result())).isEqualTo("{\"counted\":5}");
    assertThat(work.steps).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void goesOnAfterAStopWhereItWas() throws InterruptedException {
    String id = jobs.submit("u", "count", new Input(5)).id();
    work.reached.await();
    jobs.close();
    assertThat(jobs.find("u", "count", id).orElseThrow().state()).isEqualTo(Job.State.RUNNING);

    begin();
    work.pass.countDown();

    Job job = finished(id);
    assertThat(job.state()).isEqualTo(Job.State.COMPLETED);
    assertThat(job.restarts()).isEqualTo(1);
    assertThat(work.steps).containsExactly(3, 4, 5);
  }

  @Test
  void twoProcessesNeverWorkOnOneJob() throws InterruptedException {
    String id = jobs.submit("u", "count", new Input(5)).id();
    work.reached.await();
    Counting otherWork = new Counting();
    otherWork.pass.countDown();
    try (Jobs other = new Jobs(store.documents(), List.of(otherWork), clock)) {
      other.startBeside();
      other.watch();
      work.pass.countDown();

      assertThat(finished(id).state()).isEqualTo(Job.State.COMPLETED);
    }
    assertThat(work.steps).containsExactly(1, 2, 3, 4, 5);
    assertThat(otherWork.steps).isEmpty();
  }

  @Test
  void takesUpTheJobOfAProcessThatRenewsItsLeaseNoMore() throws InterruptedException {
    Counting hungWork = new Counting();
    Jobs hung = new Jobs(store.documents(), List.of(hungWork), clock);
    String id = hung.submit("u", "count", new Input(5)).id();
    hungWork.reached.await();
    work.pass.countDown();
    clock.advance(Duration.ofSeconds(31));
    jobs.watch();

    Job job = finished(id);
    assertThat(job.state()).isEqualTo(Job.State.COMPLETED);
    assertThat(job.restarts()).isEqualTo(1);
    assertThat(work.steps).containsExactly(3, 4, 5);

    hungWork.pass.countDown();
    Awaiting.until("it goes on", () -> hungWork.steps.size() == 3);
    hung.close();
    assertThat(hungWork.steps).as("ends at its next step").containsExactly(1, 2, 3);
    assertThat(jobs.find("u", "count", id)).contains(job);
  }

  @Test
  void endsWhenItsOwnerWishes() throws InterruptedException {
    String id = jobs.submit("u", "count", new Input(5)).id();
    work.reached.await();
    assertThat(jobs.cancel("another", "count", id)).isEmpty();
    jobs.cancel("u", "count", id);

    assertThat(finished(id).state()).isEqualTo(Job.State.CANCELLED);
    assertThat(work.steps).containsExactly(1, 2);
    assertThat(jobs.cancel("u", "count", id).map(Job::state)).contains(Job.State.CANCELLED);
  }

  @Test
  void cancelsAJobThatStillWaits() throws InterruptedException {
    jobs.submit("u", "count", new Input(5));
    jobs.submit("u", "count", new Input(5));
    work.reached.await();
    String waiting = jobs.submit("u", "count", new Input(5)).id();

    assertThat(jobs.cancel("u", "count", waiting).map(Job::state)).contains(Job.State.CANCELLED);
    work.pass.countDown();
    assertThat(finished(waiting).done()).isZero();
  }

  @Test
  void keepsTheReasonOfAFailure() {
    work.pass.countDown();
    Job job = finished(jobs.submit("u", "count", new Input(20)).id());

    assertThat(job.state()).isEqualTo(Job.State.FAILED);
    assertThat(job.error()).contains("step 13 brings bad luck");
    assertThat(job.done()).isEqualTo(12);
  }

  @Test
  void showsJobsToTheirOwnerOnly() {
    work.pass.countDown();
    String id = finished(jobs.submit("u", "count", new Input(1)).id()).id();

    assertThat(jobs.find("another", "count", id)).isEmpty();
    assertThat(jobs.find("u", "other", id)).isEmpty();
    assertThat(jobs.list("u", "count")).extracting(Job::id).containsExactly(id);
    assertThat(jobs.list("another", "count")).isEmpty();
  }

  @Test
  void boundsTheUnfinishedJobsOfAUser() {
    for (int i = 0; i < 10; i++) {
      jobs.submit("u", "count", new Input(5));
    }
    assertThatThrownBy(() -> jobs.submit("u", "count", new Input(5)))
        .hasMessage(
            "too_many_jobs: You have 10 unfinished jobs, which is the greatest number; wait for"
                + " one, or cancel one");
    jobs.submit("another", "count", new Input(1));
    work.pass.countDown();
  }

  @Test
  void forgetsWhatFinishedAWeekAgo() {
    work.pass.countDown();
    String id = finished(jobs.submit("u", "count", new Input(1)).id()).id();
    clock.advance(Duration.ofDays(8));
    String next = finished(jobs.submit("u", "count", new Input(1)).id()).id();

    assertThat(work.forgotten).containsExactly(id);
    assertThat(jobs.list("u", "count")).extracting(Job::id).containsExactly(next);
  }
}
