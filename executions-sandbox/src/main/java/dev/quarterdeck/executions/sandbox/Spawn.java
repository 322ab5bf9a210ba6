package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Starts a program with exactly the descriptors it shall have, by `posix_spawn`. The JDK's way can
/// hand over three, and takes a helper process for each start; the plain call would let the sandbox
/// inherit every socket of the server.
final class Spawn {
  /// Descriptors below this one are for started programs.
  static final int FIRST_FREE = 16;

  private static final int DO_NOT_BLOCK = 1;
  private static final int OWNER_ONLY = 0600;
  private static final long ACTIONS_BYTES = 128;
  private static final long ATTRIBUTES_BYTES = 512;
  private static final short RESET_SIGNALS_AND_MASK = 0x04 | 0x08;
  private static final long SIGNAL_SET_BYTES = 128;
  private static final long USAGE_BYTES = 256;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final @Nullable MethodHandle SPAWN =
      find("posix_spawn", address(), address(), address(), address(), address(), address());
  private static final @Nullable MethodHandle INIT =
      find("posix_spawn_file_actions_init", address());
  private static final @Nullable MethodHandle DESTROY =
      find("posix_spawn_file_actions_destroy", address());
  private static final @Nullable MethodHandle DUPLICATE =
      find("posix_spawn_file_actions_adddup2", address(), INT, INT);
  private static final @Nullable MethodHandle CLOSE =
      find("posix_spawn_file_actions_addclose", address(), INT);
  private static final @Nullable MethodHandle OPEN =
      find("posix_spawn_file_actions_addopen", address(), INT, address(), INT, INT);
  private static final @Nullable MethodHandle CHANGE_DIRECTORY =
      find("posix_spawn_file_actions_addchdir_np", address(), address());
  private static final @Nullable MethodHandle CLOSE_FROM =
      find("posix_spawn_file_actions_addclosefrom_np", address(), INT);
  private static final @Nullable MethodHandle ATTRIBUTES_INIT =
      find("posix_spawnattr_init", address());
  private static final @Nullable MethodHandle FLAGS =
      find("posix_spawnattr_setflags", address(), ValueLayout.JAVA_SHORT);
  private static final @Nullable MethodHandle DEFAULTS =
      find("posix_spawnattr_setsigdefault", address(), address());
  private static final @Nullable MethodHandle WAIT = find("wait4", INT, address(), INT, address());

  /// A file that the program finds open.
  ///
  /// @param path absolute
  record Opened(Path path, Mode mode) {}

  /// How a file is opened. What is written is made when it is not there, and begun anew.
  enum Mode {
    READ(0),
    WRITE(0x241),
    READ_AND_WRITE(0x42);

    private final int flags;

    Mode(int flags) {
      this.flags = flags;
    }
  }

  private Spawn() {}

  private static ValueLayout address() {
    return ValueLayout.ADDRESS;
  }

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle find(String name, ValueLayout... arguments) {
    return Kernel.symbol(name)
        .map(
            symbol ->
                Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(INT, arguments)))
        .orElse(null);
  }

  /// What keeps this host from it; empty when nothing does.
  static Optional<String> obstacle() {
    if (CLOSE_FROM == null) {
      return Optional.of(
          "posix_spawn_file_actions_addclosefrom_np is not in this C library (glibc 2.34 has it)");
    }
    return Optional.empty();
  }

  /// Starts a program with an empty environment in the working directory of the server. Must be
  /// called on a thread that lives as long as the program may: see [LaunchThread].
  ///
  /// @param command absolute path and arguments
  /// @param descriptors ours by the number that it gets; it gets no others
  /// @return its process id; it must be ended with [#reap]
  static long start(List<String> command, Map<Integer, Integer> descriptors) throws IOException {
    return start(command, descriptors, Map.of(), Optional.empty());
  }

  /// Starts a program with an empty environment. Must be called on a thread that lives as long as
  /// the program may: see [LaunchThread].
  ///
  /// @param command absolute path and arguments
  /// @param descriptors ours by the number that it gets
  /// @param files by the number that it gets; it gets no other descriptors than these and those
  /// @param directory where it starts; else where the server is
  /// @return its process id; whoever has it must wait for it
  static long start(
      List<String> command,
      Map<Integer, Integer> descriptors,
      Map<Integer, Opened> files,
      Optional<Path> directory)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
      check("file actions", invoke(INIT, h -> (int) h.invokeExact(actions)));
      try {
        for (Map.Entry<Integer, Integer> each : descriptors.entrySet()) {
          int ours = each.getValue();
          int theirs = each.getKey();
          check("dup2", invoke(DUPLICATE, h -> (int) h.invokeExact(actions, ours, theirs)));
        }
        for (Map.Entry<Integer, Opened> each : files.entrySet()) {
          MemorySegment path = arena.allocateFrom(each.getValue().path().toString());
          int number = each.getKey();
          int flags = each.getValue().mode().flags;
          check(
              "open",
              invoke(OPEN, h -> (int) h.invokeExact(actions, number, path, flags, OWNER_ONLY)));
        }
        if (directory.isPresent()) {
          MemorySegment path = arena.allocateFrom(directory.get().toString());
          check("chdir", invoke(CHANGE_DIRECTORY, h -> (int) h.invokeExact(actions, path)));
        }
        for (int i = 0; i < FIRST_FREE; i++) {
          int unused = i;
          if (!descriptors.containsKey(unused) && !files.containsKey(unused)) {
            check("close", invoke(CLOSE, h -> (int) h.invokeExact(actions, unused)));
          }
        }
        check("close from", invoke(CLOSE_FROM, h -> (int) h.invokeExact(actions, FIRST_FREE)));
        MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
        check("attributes", invoke(ATTRIBUTES_INIT, h -> (int) h.invokeExact(attributes)));
        MemorySegment all = arena.allocate(SIGNAL_SET_BYTES, 8).fill((byte) 0xFF);
        check("signals", invoke(DEFAULTS, h -> (int) h.invokeExact(attributes, all)));
        check("flags", invoke(FLAGS, h -> (int) h.invokeExact(attributes, RESET_SIGNALS_AND_MASK)));
        MemorySegment words = arena.allocate(address(), command.size() + 1L);
        for (int i = 0; i < command.size(); i++) {
          words.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(command.get(i)));
        }
        MemorySegment environment = arena.allocate(address());
        MemorySegment pid = arena.allocate(INT);
        MemorySegment program = arena.allocateFrom(command.getFirst());
        check(
            command.getFirst(),
            invoke(
                SPAWN,
                h -> (int) h.invokeExact(pid, program, actions, attributes, words, environment)));
        return pid.get(INT, 0);
      } finally {
        check("file actions", invoke(DESTROY, h -> (int) h.invokeExact(actions)));
      }
    }
  }

  private interface Call {
    int make(MethodHandle handle) throws Throwable;
  }

  private static int invoke(@Nullable MethodHandle handle, Call call) throws IOException {
    if (handle == null) {
      throw new IOException("posix_spawn is not in this C library");
    }
    try {
      return call.make(handle);
    } catch (Throwable impossible) {
      throw new IllegalStateException("posix_spawn", impossible);
    }
  }

  private static void check(String what, int error) throws IOException {
    if (error != 0) {
      throw new IOException("posix_spawn: " + what + ": error number " + error);
    }
  }

  /// How a process ended.
  ///
  /// @param status as the kernel tells it
  /// @param cpuTime of it and of all below it that were waited for
  record End(int status, Duration cpuTime) {
    @Override
    public String toString() {
      int signal = status & 0x7F;
      return signal == 0 ? "exit code " + (status >> 8) : "signal " + signal;
    }
  }

  /// How a process that was started here ended, if it has; then its id may become another's.
  static Optional<End> ended(long pid) throws IOException {
    return waitFor(pid, DO_NOT_BLOCK);
  }

  private static Optional<End> waitFor(long pid, int options) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(INT);
      MemorySegment usage = arena.allocate(USAGE_BYTES, 8);
      int ended = invoke(WAIT, h -> (int) h.invokeExact((int) pid, status, options, usage));
      if (ended == 0) {
        return Optional.empty();
      }
      // Seconds and microseconds of the user's and the system's time come first.
      Duration cpu = Duration.ZERO;
      for (int i = 0; i < 2; i++) {
        cpu =
            cpu.plusSeconds(usage.getAtIndex(ValueLayout.JAVA_LONG, 2L * i))
                .plusNanos(1000 * usage.getAtIndex(ValueLayout.JAVA_LONG, 2L * i + 1));
      }
      return Optional.of(new End(status.get(INT, 0), cpu));
    }
  }

  /// Waits for the end of a process that was started here, and kills it when that does not come.
  static void reap(long pid, Duration atMost) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (ended(pid).isEmpty()) {
      if (System.nanoTime() > deadline) {
        Kernel.kill(pid, 9);
        while (waitFor(pid, 0).isEmpty()) {
          LockSupport.parkNanos(500_000);
        }
        return;
      }
      LockSupport.parkNanos(500_000);
    }
  }
}
