package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.sandbox.Spawn.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process that was started by [Spawn] with three pipes to it, and a fourth from which it reads
/// what it shall do: until that comes it can be put into its place. It is waited for by its
/// descriptor, so no thread is needed to wait, and it is reaped exactly once: until then its id is
/// nobody else's.
final class SpawnedProcess implements OuterProcess {
  private static final Logger LOG = LoggerFactory.getLogger(SpawnedProcess.class);
  private static final int PIDFD_OPEN = 434;
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);

  private final long pid;
  private final int descriptor;
  private final OutputStream orders;
  private final OutputStream stdin;
  private final InputStream stdout;
  private final InputStream stderr;
  private Optional<Spawn.End> end = Optional.empty();
  private boolean closed;

  /// How one is started.
  ///
  /// @param owner user that can open the pipes by name; -1 for the server's own
  /// @param orders number of the descriptor from which it reads what it shall do
  /// @param inputs numbers that the pipe to it gets, and so on
  /// @param files that it finds open, by number
  record Plan(
      List<String> command,
      int owner,
      int orders,
      List<Integer> inputs,
      List<Integer> outputs,
      List<Integer> errors,
      Map<Integer, Opened> files) {}

  private SpawnedProcess(
      long pid,
      int descriptor,
      OutputStream orders,
      OutputStream stdin,
      InputStream stdout,
      InputStream stderr) {
    this.pid = pid;
    this.descriptor = descriptor;
    this.orders = orders;
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /// What keeps this host from it; empty when nothing does.
  static Optional<String> obstacle() {
    Optional<String> missing = Spawn.obstacle();
    if (missing.isPresent()) {
      return missing;
    }
    long self = Syscalls.make(PIDFD_OPEN, ProcessHandle.current().pid(), 0, 0, 0, 0);
    if (self < 0) {
      return Optional.of("pidfd_open fails with error number " + -self + " (Linux 5.3 has it)");
    }
    Kernel.close((int) self);
    return Optional.empty();
  }

  /// Starts one, on the thread on whose life it shall depend.
  static SpawnedProcess start(Plan plan) throws IOException {
    List<Integer> ours = new ArrayList<>();
    List<Integer> theirs = new ArrayList<>();
    long pid = 0;
    try {
      Map<Integer, Integer> descriptors = new HashMap<>();
      pipe(List.of(plan.orders()), 0, -1, descriptors, theirs, ours);
      pipe(plan.inputs(), 0, plan.owner(), descriptors, theirs, ours);
      pipe(plan.outputs(), 1, plan.owner(), descriptors, theirs, ours);
      pipe(plan.errors(), 1, plan.owner(), descriptors, theirs, ours);
      pid = Spawn.start(plan.command(), descriptors, plan.files(), Optional.of(Path.of("/")));
      int descriptor = (int) Syscalls.must("pidfd_open", PIDFD_OPEN, pid, 0, 0, 0, 0);
      ours.add(descriptor);
      SpawnedProcess started =
          new SpawnedProcess(
              pid,
              descriptor,
              Kernel.writing(ours.removeFirst()),
              Kernel.writing(ours.removeFirst()),
              Kernel.reading(ours.removeFirst()),
              Kernel.reading(ours.removeFirst()));
      ours.clear();
      return started;
    } catch (IOException failed) {
      if (pid != 0) {
        Spawn.reap(pid, Duration.ZERO);
      }
      throw failed;
    } finally {
      theirs.forEach(Kernel::close);
      ours.forEach(Kernel::close);
    }
  }

  /// Makes a pipe.
  ///
  /// @param end which is theirs: 0 to read, 1 to write
  private static void pipe(
      List<Integer> numbers,
      int end,
      int owner,
      Map<Integer, Integer> descriptors,
      List<Integer> theirs,
      List<Integer> ours)
      throws IOException {
    int[] pipe = Kernel.pipe();
    theirs.add(pipe[end]);
    ours.add(pipe[1 - end]);
    if (owner >= 0) {
      Kernel.own(pipe[0], owner);
    }
    numbers.forEach(number -> descriptors.put(number, pipe[end]));
  }

  /// Puts it into its place and lets it begin.
  ///
  /// @param joinFiles files of control groups to which its id is written
  /// @throws IOException it could not be put there; it must be destroyed and closed
  void begin(List<Path> joinFiles, byte[] what) throws IOException {
    for (Path file : joinFiles) {
      GroupFiles.write(file, Long.toString(pid));
    }
    try {
      // The program dies before the server when the host itself runs out of memory.
      GroupFiles.write(Path.of("/proc/" + pid + "/oom_score_adj"), "1000");
    } catch (IOException refused) {
      LOG.trace("process {} is not the first to die", pid, refused);
    }
    try (orders) {
      orders.write(what);
    } catch (IOException gone) {
      // How it ended will be told like the end of any other.
      LOG.trace("process {} took no orders", pid, gone);
    }
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public InputStream stdout() {
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return stderr;
  }

  @Override
  public boolean await(long nanos) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return hasEnded() || (Kernel.awaitReadable(descriptor, nanos) && reap());
  }

  private synchronized boolean hasEnded() {
    return end.isPresent();
  }

  private synchronized boolean reap() throws IOException {
    if (end.isEmpty()) {
      end = Spawn.ended(pid);
    }
    return end.isPresent();
  }

  @Override
  public synchronized void destroy() {
    if (end.isEmpty()) {
      Kernel.kill(pid, 9);
    }
  }

  @Override
  public synchronized String end() {
    return end.map(Spawn.End::toString).orElse("still running");
  }

  @Override
  public synchronized Duration cpuTime() {
    return end.map(Spawn.End::cpuTime).orElse(Duration.ZERO);
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    orders.close();
    if (end.isEmpty()) {
      Spawn.reap(pid, LAST_PATIENCE);
    }
    Kernel.close(descriptor);
  }
}
