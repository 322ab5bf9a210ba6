package dev.quarterdeck.executions.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// What the local sandbox needs to know from its owner.
///
/// @param workDirectory a directory of its own; made when absent; locked while the sandbox is open
/// @param minimumLevel `L1`, `L2` or `L3`: on a host that reaches less, nothing runs
/// @param slots programs that may run at once; more wait a few seconds, then fail. As root each has
///   a user id of its own
/// @param firstUserId user id of the first slot, used only as root; `slots` ids from here on must
///   belong to nobody
/// @param memoryBytes memory limit of ordinary runs: languages that need more are inactive
/// @param compileTime wall-clock limit of a compiler
/// @param bubblewrap path of `bwrap`
/// @param compileCacheBytes how much of what compilers made is kept on disk
/// @param zygotes how many sandboxes are got ready ahead of time at most; 0 for none. As root each
///   has a user id of its own, after those of the slots
/// @param runtimes how many started runtimes of languages that were used may wait, each in a
///   sandbox for one run; 0 for none. As root as many user ids as these and the slots follow the
///   zygotes'
/// @param runtimeBytes memory that these may take together
public record LocalSandboxSettings(
    Path workDirectory,
    String minimumLevel,
    int slots,
    int firstUserId,
    long memoryBytes,
    Duration compileTime,
    Path bubblewrap,
    long compileCacheBytes,
    int zygotes,
    int runtimes,
    long runtimeBytes) {
  /// Ids that Debian and systemd assign to nobody (60578 to 61183).
  public static final int DEFAULT_FIRST_USER_ID = 60_600;

  public LocalSandboxSettings {
    if (!minimumLevel.matches("L[123]")) {
      throw new IllegalArgumentException(
          "minimumLevel: " + minimumLevel + " (expected: L1, L2 or L3)");
    }
    if (slots < 1 || slots > 10_000) {
      throw new IllegalArgumentException("slots: " + slots + " (expected: 1 to 10000)");
    }
    if (firstUserId < 1) {
      throw new IllegalArgumentException(
          "firstUserId: " + firstUserId + " (expected: at least 1, never root's 0)");
    }
  }

  /// The usual settings: 128 MiB, 20 s for a compiler, Debian's bubblewrap, every sandbox starts
  /// cold.
  public static LocalSandboxSettings of(Path workDirectory, String minimumLevel, int slots) {
    return new LocalSandboxSettings(
        workDirectory,
        minimumLevel,
        slots,
        DEFAULT_FIRST_USER_ID,
        128L << 20,
        Duration.ofSeconds(20),
        Path.of("/usr/bin/bwrap"),
        64L << 20,
        0,
        0,
        0);
  }

  /// The same with another memory limit of ordinary runs.
  public LocalSandboxSettings withMemoryBytes(long bytes) {
    return with(draft -> draft.memoryBytes = bytes);
  }

  /// The same with other user ids of the slots.
  public LocalSandboxSettings withFirstUserId(int first) {
    return with(draft -> draft.firstUserId = first);
  }

  /// The same with another bubblewrap.
  public LocalSandboxSettings withBubblewrap(Path path) {
    return with(draft -> draft.bubblewrap = path);
  }

  /// The same with another number of sandboxes that are got ready ahead.
  public LocalSandboxSettings withZygotes(int number) {
    return with(draft -> draft.zygotes = number);
  }

  /// The same with started runtimes that wait.
  public LocalSandboxSettings withRuntimes(int most, long bytes) {
    return with(
        draft -> {
          draft.runtimes = most;
          draft.runtimeBytes = bytes;
        });
  }

  private LocalSandboxSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new LocalSandboxSettings(
        workDirectory,
        minimumLevel,
        slots,
        draft.firstUserId,
        draft.memoryBytes,
        compileTime,
        draft.bubblewrap,
        compileCacheBytes,
        draft.zygotes,
        draft.runtimes,
        draft.runtimeBytes);
  }

  /// What may be chosen apart from the usual.
  private static final class Draft {
    private long memoryBytes;
    private int firstUserId;
    private Path bubblewrap;
    private int zygotes;
    private int runtimes;
    private long runtimeBytes;

    Draft(LocalSandboxSettings from) {
      memoryBytes = from.memoryBytes;
      firstUserId = from.firstUserId;
      bubblewrap = from.bubblewrap;
      zygotes = from.zygotes;
      runtimes = from.runtimes;
      runtimeBytes = from.runtimeBytes;
    }
  }

  /// How many user ids are the sandbox's, from the first on, when the server is root.
  int userIds() {
    return slots + zygotes + runtimeUserIds();
  }

  /// How many of these are for runtimes that wait or have a program.
  int runtimeUserIds() {
    return 2 * runtimes;
  }

  /// The same with another size of the compile cache.
  public LocalSandboxSettings withCompileCacheBytes(long bytes) {
    return new LocalSandboxSettings(
        workDirectory,
        minimumLevel,
        slots,
        firstUserId,
        memoryBytes,
        compileTime,
        bubblewrap,
        bytes,
        zygotes,
        runtimes,
        runtimeBytes);
  }
}
