package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The processes of a run that no namespace holds together, as `/proc` shows them.
///
/// The server adopts whoever is orphaned, so all of them are below it: those below the part of the
/// run that it has started, and orphans. These bear the run's mark, a number that stands in for the
/// limit of file locks, which no Linux heeds since 2.4.25; the filter refuses to change it.
final class MarkedProcesses implements Meter, Domain.Watcher {
  private static final Path PROC = Path.of("/proc");
  private static final String LOCKS = "Max file locks";
  private static final int DO_NOT_BLOCK = 1;
  private static final int SIGKILL = 9;

  private final RunLimits limits;
  private final Marks marks = Marks.HERE;
  private final String mark;
  private final Domain domain;
  private final int wait4;
  private long cpuNanos;
  private long adoptedNanos;
  private long peakBytes;
  private long mostProcesses;
  private boolean yielding;
  private volatile List<Long> seen = List.of();

  MarkedProcesses(RunLimits limits, String mark, Domain domain, Architecture architecture) {
    this.limits = limits;
    this.mark = mark;
    this.domain = domain;
    this.wait4 = SystemCall.WAIT4.number(architecture);
  }

  /// The marks of one server.
  ///
  /// @param key with which each begins
  /// @param none what the server itself has
  record Marks(String key, String none) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> GIVEN = ConcurrentHashMap.newKeySet();

    /// Those of this process, however many sandboxes it has.
    static final Marks HERE = new Marks(digits(), of("self"));

    private static String digits() {
      return Long.toString(RANDOM.nextLong(100_000_000L, 1_000_000_000L));
    }

    /// A mark for a run, until [#release].
    String next() {
      String mark = key + digits();
      GIVEN.add(mark);
      return mark;
    }

    void release(String mark) {
      GIVEN.remove(mark);
    }

    /// Whether a process with this mark belongs to none of the runs and not to the server.
    boolean isMadeUp(String seen) {
      return !seen.isEmpty() && !seen.equals(none) && !GIVEN.contains(seen);
    }

    /// What a process has; empty when it is gone.
    static String of(String process) {
      try {
        byte[] text = Files.readAllBytes(PROC.resolve(process).resolve("limits"));
        for (String line : new String(text, StandardCharsets.ISO_8859_1).split("\n", -1)) {
          if (line.startsWith(LOCKS)) {
            // Soft and hard limit: the second can be lowered only.
            return line.substring(LOCKS.length()).strip().split(" +", 3)[1];
          }
        }
        return "";
      } catch (IOException gone) {
        return "";
      }
    }
  }

  @Override
  public String name() {
    return "watchdog";
  }

  /// Everything of the run that lives, zombies of the part that was started last included.
  private List<Long> living() {
    List<Long> found = new ArrayList<>();
    long current = domain.current();
    if (current > 0) {
      found.addAll(ProcessTree.of(current));
    }
    long self = ProcessHandle.current().pid();
    for (long child : ProcessTree.childrenOfFirstThread(self)) {
      if (child == current) {
        continue;
      }
      String seen = Marks.of(Long.toString(child));
      if (seen.equals(mark)) {
        if (reaped(child)) {
          continue;
        }
        found.addAll(ProcessTree.of(child));
      } else if (marks.isMadeUp(seen)) {
        Signals.kill(child);
        reaped(child);
      }
    }
    // Who is orphaned meanwhile is met twice.
    return found.stream().distinct().toList();
  }

  /// Takes the exit status of an orphan, if it is dead.
  private boolean reaped(long pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(144, 8);
      if (Syscalls.make(wait4, pid, 0, DO_NOT_BLOCK, usage.address(), 0) <= 0) {
        return false;
      }
      for (long at : new long[] {0, 16}) {
        adoptedNanos += usage.get(ValueLayout.JAVA_LONG, at) * 1_000_000_000L;
        adoptedNanos += usage.get(ValueLayout.JAVA_LONG, at + 8) * 1000L;
      }
      return true;
    }
  }

  @Override
  public synchronized void sample() {
    long before = domain.cpuNanos();
    List<Long> living = living();
    seen = living;
    if (!yielding && !living.isEmpty()) {
      yieldToTheServer(living.getFirst());
    }
    List<Long> tree = new ArrayList<>(List.of(0L));
    tree.addAll(living);
    ProcessTree.Usage usage = ProcessTree.usage(tree, limits.memoryBytes());
    long over = domain.cpuNanos();
    // What ended meanwhile must not count twice.
    long now = over == before ? usage.cpuNanos() : 0;
    cpuNanos = Math.max(cpuNanos, over + adoptedNanos + now);
    peakBytes = Math.max(peakBytes, usage.memoryBytes());
    mostProcesses = Math.max(mostProcesses, living.stream().mapToLong(ProcessTree::threads).sum());
  }

  /// The program dies before the server when the host runs out of memory.
  private void yieldToTheServer(long pid) {
    try {
      Files.writeString(PROC.resolve(pid + "/oom_score_adj"), "1000");
      yielding = true;
    } catch (IOException gone) {
      yielding = false;
    }
  }

  /// The processes that lived at the last look.
  List<Long> seen() {
    return seen;
  }

  @Override
  public void look() {
    sample();
  }

  @Override
  public synchronized boolean isAnyLeft() {
    // Twice: a list of children that was read while some of them ended may lack others.
    boolean first = living().isEmpty();
    return !first || !living().isEmpty();
  }

  @Override
  public synchronized long cpuNanos() {
    return Math.max(cpuNanos, domain.cpuNanos() + adoptedNanos);
  }

  @Override
  public synchronized long peakBytes() {
    return peakBytes;
  }

  @Override
  public synchronized boolean overMemory() {
    return peakBytes > limits.memoryBytes();
  }

  @Override
  public synchronized long mostProcesses() {
    return mostProcesses;
  }

  @Override
  public long oomKills() {
    return 0;
  }

  @Override
  public long refusedForks() {
    return 0;
  }

  /// Kills what is to be seen; the domain's thread, once it wakes, everything.
  @Override
  public synchronized boolean kill() {
    domain.stop();
    List<Long> living = living();
    living.forEach(pid -> Signals.send(pid, SIGKILL));
    return !living.isEmpty();
  }

  @Override
  public boolean gone() throws IOException {
    try {
      return domain.await(0, this) && !isAnyLeft();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return domain.hasEnded() && !isAnyLeft();
    }
  }

  @Override
  public void close() {
    marks.release(mark);
  }
}
