package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.sandbox.StageReport.End;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The thread that has the parts of one run started, one after the other, and waits for each: so
/// their wait statuses are known to the server alone.
///
/// It cannot signal anybody but what it has had started. So its `kill(-1)` kills all that a run has
/// left behind at one stroke, however fast that forks, and nothing else of the user; from no other
/// place can that be done. The parts are restricted further, by [Birth], which leaves them unable
/// to signal this thread in turn. A thread of the JVM that it started would be limited as it is, so
/// it wakes none but the platform thread that [#await]s it and looks at the processes for it.
final class Domain implements Runnable {
  /// The descriptor from which a part reads that it may begin.
  static final int BEGIN = 9;

  private static final int EPERM = 1;
  private static final int LOCKS = 10;
  private static final int SIGKILL = 9;

  /// No process has this id, so that a rehearsal kills nobody.
  private static final int NOBODY = Integer.MAX_VALUE;

  private static final int EVERYBODY_WITHIN = -1;
  private static final long SOON = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long AGAIN = TimeUnit.MICROSECONDS.toNanos(200);

  private static final int EXITED_AND_KEPT = 4 | 0x1000000;
  private static final int ONE_PROCESS = 1;
  private static final int INFO_BYTES = 128;
  private static final int USAGE_BYTES = 144;

  /// How the parts are restricted.
  ///
  /// @param ruleset its descriptor
  /// @param outsider a process of the same user that must be out of reach then
  record Restriction(Landlock landlock, int ruleset, byte[] filter, long outsider) {}

  /// One program to start. It waits for a line on [#BEGIN] before it runs anybody's program.
  ///
  /// @param descriptors ours by the number that it gets
  record Step(List<String> command, Map<Integer, Integer> descriptors) {}

  /// The parts of a run in their order.
  ///
  /// @param settle makes what was compiled executable
  record Steps(
      Optional<Step> compile,
      Optional<Step> settle,
      Optional<Step> pack,
      Step run,
      Optional<Step> collect) {}

  /// What the watching thread is asked for.
  private enum Question {
    NONE,
    LOOK,
    IS_ANY_LEFT
  }

  /// Looks at the processes of the run, on the watching thread.
  interface Watcher {
    void look() throws IOException;

    /// Reaps what is dead.
    ///
    /// @return whether any is left
    boolean isAnyLeft();
  }

  private final Architecture architecture;
  private final Optional<Restriction> restriction;
  private final long mark;
  private final Steps steps;
  private final int input;
  private final List<Integer> descriptors;

  private final Semaphore questions = new Semaphore(0);
  private final Semaphore answers = new Semaphore(0);
  private volatile Question question = Question.NONE;
  private volatile boolean anyLeft;
  private volatile boolean ended;

  private int everybody = NOBODY;
  private boolean clean = true;
  private long usedSoFar;
  private volatile long current;
  private volatile boolean killed;
  private volatile boolean running;
  private volatile long cpuNanos;
  private volatile Duration runCpu = Duration.ZERO;
  private volatile Optional<End> compile = Optional.empty();
  private volatile Optional<Integer> built = Optional.empty();
  private volatile Optional<End> run = Optional.empty();
  private volatile Optional<Throwable> failure = Optional.empty();

  /// @param mark what all processes of the run bear: see [MarkedProcesses]
  /// @param input the descriptor from which the program reads, and a line before it when there is a
  ///   compiler
  /// @param descriptors closed at the end, that one among them
  Domain(
      Architecture architecture,
      Optional<Restriction> restriction,
      long mark,
      Steps steps,
      int input,
      List<Integer> descriptors) {
    this.architecture = architecture;
    this.restriction = restriction;
    this.mark = mark;
    this.steps = steps;
    this.input = input;
    this.descriptors = descriptors;
  }

  @Override
  public void run() {
    try {
      if (restriction.isPresent()) {
        restrict(restriction.get());
      }
      work();
    } catch (IOException | RuntimeException | Error failed) {
      failure = Optional.of(failed);
    } finally {
      if (!clean) {
        sweep();
      }
      for (int descriptor : descriptors) {
        Kernel.close(descriptor);
      }
      ended = true;
      questions.release();
    }
  }

  private void restrict(Restriction by) throws IOException {
    by.landlock().scopeSignals();
    if (kill((int) by.outsider(), 0) != -EPERM) {
      throw new IOException("a process outside of the sandbox could be signalled from inside");
    }
    everybody = EVERYBODY_WITHIN;
  }

  private void work() throws IOException {
    if (steps.compile().isPresent()) {
      End end = execute(steps.compile().get());
      boolean good = end.number() == 0;
      if (good && steps.settle().isPresent()) {
        execute(steps.settle().get());
      }
      if (good && steps.pack().isPresent()) {
        built = Optional.of(execute(steps.pack().get()).number());
      }
      if (killed) {
        return;
      }
      compile = Optional.of(end);
      if (!good || !mayBegin()) {
        return;
      }
    }
    running = true;
    End end = execute(steps.run());
    running = false;
    if (killed && end.signalled() && end.number() == SIGKILL) {
      return;
    }
    run = Optional.of(end);
    if (steps.collect().isPresent()) {
      execute(steps.collect().get());
    }
  }

  /// Waits for the line by which the server lets the program begin.
  private boolean mayBegin() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocate(1);
      int read = SystemCall.READ.number(architecture);
      while (Syscalls.make(read, input, one.address(), 1, 0, 0) == 1) {
        if (one.get(ValueLayout.JAVA_BYTE, 0) == '\n') {
          return !killed;
        }
      }
      return false;
    }
  }

  /// Runs one part to its end, and leaves no process of it.
  private End execute(Step step) throws IOException {
    if (killed) {
      return new End(true, SIGKILL);
    }
    long pid = start(step);
    if (killed) {
      kill((int) pid, SIGKILL);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(INFO_BYTES, 8);
      int waitid = SystemCall.WAITID.number(architecture);
      Syscalls.must("waitid", waitid, ONE_PROCESS, pid, answer.address(), EXITED_AND_KEPT, 0);
      ask(Question.LOOK);
      kill(everybody, SIGKILL);
      current = 0;
      MemorySegment usage = arena.allocate(USAGE_BYTES, 8);
      int wait4 = SystemCall.WAIT4.number(architecture);
      Syscalls.must("wait4", wait4, pid, answer.address(), 0, usage.address(), 0);
      long used = nanos(usage, 0) + nanos(usage, 16);
      if (running) {
        runCpu = Duration.ofNanos(used);
      }
      usedSoFar += used;
      cpuNanos = usedSoFar;
      sweep();
      int status = answer.get(ValueLayout.JAVA_INT, 0);
      int signal = status & 0x7F;
      return signal == 0 ? new End(false, status >> 8 & 0xFF) : new End(true, signal);
    }
  }

  /// Has a part started and marks it, and lets it begin when the thread that did it is gone.
  private long start(Step step) throws IOException {
    int[] begin = Kernel.pipe();
    try {
      Map<Integer, Integer> given = new HashMap<>(step.descriptors());
      given.put(BEGIN, begin[0]);
      Birth birth = new Birth(architecture, restriction, step.command(), given);
      clean = false;
      Thread thread = Thread.ofPlatform().name("sandbox-birth").daemon().start(birth);
      join(thread);
      long pid = birth.process();
      current = pid;
      Path task = Path.of("/proc/self/task/" + birth.thread());
      while (Files.exists(task)) {
        LockSupport.parkNanos(SOON);
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment limits = arena.allocate(ValueLayout.JAVA_LONG, 2).fill((byte) 0);
        limits.setAtIndex(ValueLayout.JAVA_LONG, 0, mark);
        limits.setAtIndex(ValueLayout.JAVA_LONG, 1, mark);
        int prlimit = SystemCall.PRLIMIT64.number(architecture);
        Syscalls.must("prlimit64", prlimit, pid, LOCKS, limits.address(), 0, 0);
        MemorySegment line = arena.allocateFrom("\n");
        int write = SystemCall.WRITE.number(architecture);
        Syscalls.must("write", write, begin[1], line.address(), 1, 0, 0);
      }
      return pid;
    } finally {
      Kernel.close(begin[0]);
      Kernel.close(begin[1]);
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long nanos(MemorySegment times, long at) {
    return times.get(ValueLayout.JAVA_LONG, at) * 1_000_000_000L
        + times.get(ValueLayout.JAVA_LONG, at + 8) * 1000L;
  }

  private void sweep() {
    kill(everybody, SIGKILL);
    ask(Question.IS_ANY_LEFT);
    while (anyLeft) {
      LockSupport.parkNanos(AGAIN);
      kill(everybody, SIGKILL);
      ask(Question.IS_ANY_LEFT);
    }
    clean = true;
  }

  private long kill(int whom, int signal) {
    return Syscalls.make(SystemCall.KILL.number(architecture), whom, signal, 0, 0, 0);
  }

  private void ask(Question what) {
    question = what;
    questions.release();
    answers.acquireUninterruptibly();
  }

  /// Waits for the end of the run and answers the thread's questions meanwhile.
  ///
  /// @return whether it has ended
  boolean await(long nanos, Watcher watcher) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!ended
        && questions.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
      if (!ended) {
        answer(watcher);
      }
    }
    return ended;
  }

  private void answer(Watcher watcher) throws IOException {
    try {
      switch (question) {
        case LOOK -> watcher.look();
        case IS_ANY_LEFT -> anyLeft = watcher.isAnyLeft();
        case NONE -> throw new IllegalStateException("nothing was asked");
      }
    } finally {
      question = Question.NONE;
      answers.release();
    }
  }

  /// Lets nothing more be started, and tells the watching thread to kill what runs.
  void stop() {
    killed = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /// The process that was started last, with all below it; 0 when it is over.
  long current() {
    return current;
  }

  /// The program's own process.
  Optional<Long> program() {
    long pid = current;
    return running && pid > 0 ? Optional.of(pid) : Optional.empty();
  }

  /// What all that is over has used.
  long cpuNanos() {
    return cpuNanos;
  }

  StageReport report() {
    return new StageReport(compile, built, run, runCpu, false, false);
  }

  /// Why the thread gave up, if it did.
  Optional<Throwable> failure() {
    return failure;
  }
}
