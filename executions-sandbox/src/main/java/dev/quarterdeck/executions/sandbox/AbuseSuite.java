package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Tries all hostile programs in a sandbox: each must end with the right verdict for the right
/// reason, nothing may be left on the host, and another user's small program must be served
/// meanwhile.
///
/// It needs [#SLOTS] slots and takes about a minute. One thread may use it.
public final class AbuseSuite implements AutoCloseable {
  /// Slots that its sandbox must have.
  public static final int SLOTS = 12;

  /// Sandboxes that it may get ready ahead.
  public static final int READY = 5;

  /// Runtimes that it may let wait.
  public static final int RUNTIMES = 2;

  /// Within what Debian and systemd assign to nobody.
  private static final int FIRST_USER_ID = 60_940;

  private static final int USER_IDS = SLOTS + READY + 2 * RUNTIMES;
  private static final int RANGES = 11;
  private static final int AT_ONCE = 4;
  private static final long SETTLE = TimeUnit.SECONDS.toNanos(5);

  /// Shared memory that others on the machine may take meanwhile.
  private static final long SHARED_MEMORY_TOLERANCE = 256L << 20;

  /// How one program fared.
  ///
  /// @param family kind of attack
  /// @param ran whether it could be tried here; when not, the failure says why
  /// @param failures what was not contained; empty when all was
  /// @param detail verdict and evidence
  /// @param open why the sandbox's level is known not to contain it, when it does not; else empty
  public record Attempt(
      String family, String name, boolean ran, List<String> failures, String detail, String open) {}

  /// What came of all of them.
  ///
  /// @param programs number of hostile programs
  /// @param failed those that were not contained
  /// @param open those that the sandbox's level is known not to contain
  /// @param skipped those that could not be tried, for want of a compiler
  /// @param failures what cannot be said of one program: what is left on the host, and whether the
  ///   user beside was served
  /// @param served runs of the user beside
  /// @param slowestMillis the longest of these
  public record Summary(
      int programs,
      int failed,
      int open,
      int skipped,
      List<String> failures,
      int served,
      long slowestMillis) {
    /// Whether everything was contained, but for what is known to be open, and nothing skipped.
    public boolean holds() {
      return failed == 0 && skipped == 0 && failures.isEmpty();
    }
  }

  private final LocalSandbox sandbox;
  private final List<HostileProgram> programs;
  private final ServerSocket listener;
  private final Path secret;

  private AbuseSuite(
      LocalSandbox sandbox, List<HostileProgram> programs, ServerSocket listener, Path secret) {
    this.sandbox = sandbox;
    this.programs = programs;
    this.listener = listener;
    this.secret = secret;
  }

  /// Prepares the suite for a sandbox that may run programs and has nothing else to do.
  public static AbuseSuite on(LocalSandbox sandbox) throws IOException {
    return on(sandbox, "");
  }

  /// Prepares one family of programs.
  ///
  /// @param family one of [#families], or empty for all
  public static AbuseSuite on(LocalSandbox sandbox, String family) throws IOException {
    List<HostileProgram> programs =
        HostilePrograms.all(
                Architecture.host().orElseThrow(), !sandbox.report().level().equals("L1"))
            .stream()
            .filter(program -> family.isEmpty() || program.family().equals(family))
            .toList();
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try {
      Path secret = Files.createTempFile("quarterdeck-secret", "");
      return new AbuseSuite(sandbox, programs, listener, secret);
    } catch (IOException failed) {
      listener.close();
      throw failed;
    }
  }

  /// The first of the user ids of [#SLOTS], [#READY] and [#RUNTIMES] for the suite's sandbox, which
  /// nothing else on the host should use meanwhile: neither the server nor another suite.
  public static int firstUserId() {
    return FIRST_USER_ID + (int) (ProcessHandle.current().pid() % RANGES) * USER_IDS;
  }

  /// The kinds of attacks.
  public static List<String> families() {
    return HostilePrograms.families();
  }

  List<HostileProgram> programs() {
    return programs;
  }

  /// Tries all programs, some at a time.
  ///
  /// @param observer told of each attempt as it ends, in the order of the programs
  /// @throws IOException the host's state cannot be read
  public Summary run(Consumer<Attempt> observer) throws IOException, InterruptedException {
    int failed = 0;
    int open = 0;
    int skipped = 0;
    List<String> failures = new ArrayList<>();
    long sharedMemory = sharedMemory();
    UserBeside beside = new UserBeside(sandbox);
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      HostState before = beside.whilePaused(this::state);
      Thread user = Thread.ofPlatform().name("user-beside").start(beside);
      for (int from = 0; from < programs.size(); from += AT_ONCE) {
        List<HostileProgram> batch =
            programs.subList(from, Math.min(from + AT_ONCE, programs.size()));
        for (Attempt attempt : together(batch, threads)) {
          observer.accept(attempt);
          failed += attempt.ran() && !attempt.failures().isEmpty() ? 1 : 0;
          open += attempt.open().isEmpty() ? 0 : 1;
          skipped += attempt.ran() ? 0 : 1;
        }
        beside.whilePaused(() -> compare(before, batch, failures));
      }
      beside.stop();
      user.join();
    }
    failures.addAll(beside.failures());
    if (listener.isBound() && connected()) {
      failures.add("somebody reached the host's loopback");
    }
    if (!settled(sharedMemory)) {
      failures.add("shared memory of the host grew and did not shrink again");
    }
    return new Summary(
        programs.size(), failed, open, skipped, failures, beside.served(), beside.slowestMillis());
  }

  private List<Attempt> together(List<HostileProgram> batch, ExecutorService threads)
      throws InterruptedException {
    List<Future<Attempt>> tried =
        batch.stream().map(program -> threads.submit(() -> attempt(program))).toList();
    List<Attempt> attempts = new ArrayList<>();
    for (Future<Attempt> attempt : tried) {
      try {
        attempts.add(attempt.get());
      } catch (ExecutionException failed) {
        throw new IllegalStateException("an attempt must have an outcome", failed);
      }
    }
    return attempts;
  }

  /// Tries one program.
  Attempt attempt(HostileProgram program) {
    return attempt(program, program);
  }

  /// Tries one program and judges its outcome by what must come of another, whose limits were
  /// raised to make it.
  Attempt attempt(HostileProgram program, HostileProgram judged) {
    for (String needed : List.of(program.language(), "python")) {
      if (sandbox.languages().stream()
          .noneMatch(language -> language.active() && language.name().equals(needed))) {
        return attempt(program, false, List.of("no " + reason(needed)), "not tried");
      }
    }
    try {
      HostileRun run =
          HostileRun.of(sandbox, program, secret.toString(), listener.getLocalPort()).as(judged);
      return new Attempt(
          program.family(), program.name(), true, run.failures(), run.detail(), run.open());
    } catch (SandboxException refused) {
      return attempt(program, true, List.of("refused: " + refused.getMessage()), "not run");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return attempt(program, false, List.of("interrupted"), "not tried");
    }
  }

  private static Attempt attempt(
      HostileProgram program, boolean ran, List<String> failures, String detail) {
    return new Attempt(program.family(), program.name(), ran, failures, detail, "");
  }

  private String reason(String name) {
    return sandbox.languages().stream()
        .filter(language -> language.name().equals(name))
        .findFirst()
        .map(Language::inactiveReason)
        .map(reason -> name + ": " + reason)
        .orElse(name);
  }

  private HostState state() throws IOException {
    sandbox.dropRuntimes();
    return HostState.now(sandbox.settings(), sandbox.idleProcesses());
  }

  private HostState compare(HostState before, List<HostileProgram> batch, List<String> failures)
      throws IOException {
    long deadline = System.nanoTime() + SETTLE;
    HostState now = state();
    while (!now.equals(before) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      now = state();
    }
    if (!now.equals(before)) {
      failures.add("after " + batch + " the host is " + now + " (expected: " + before + ")");
    }
    return now;
  }

  private boolean connected() throws IOException {
    listener.setSoTimeout(1);
    try {
      listener.accept().close();
      return true;
    } catch (java.net.SocketTimeoutException nobody) {
      return false;
    }
  }

  private static boolean settled(long before) throws IOException {
    long deadline = System.nanoTime() + SETTLE;
    while (System.nanoTime() < deadline) {
      if (sharedMemory() - before < SHARED_MEMORY_TOLERANCE) {
        return true;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return false;
  }

  /// Bytes in file systems in memory and System V segments, of the whole host.
  private static long sharedMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("Shmem:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(secret);
  }
}
