package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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
  private static final long ACTIONS_BYTES = 128;
  private static final long ATTRIBUTES_BYTES = 512;
  private static final short RESET_SIGNALS_AND_MASK = 0x04 | 0x08;
  private static final long SIGNAL_SET_BYTES = 128;

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
  private static final @Nullable MethodHandle CLOSE_FROM =
      find("posix_spawn_file_actions_addclosefrom_np", address(), INT);
  private static final @Nullable MethodHandle ATTRIBUTES_INIT =
      find("posix_spawnattr_init", address());
  private static final @Nullable MethodHandle FLAGS =
      find("posix_spawnattr_setflags", address(), ValueLayout.JAVA_SHORT);
  private static final @Nullable MethodHandle DEFAULTS =
      find("posix_spawnattr_setsigdefault", address(), address());
  private static final @Nullable MethodHandle WAIT = find("waitpid", INT, address(), INT);

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
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
      check("file actions", invoke(INIT, actions));
      try {
        for (Map.Entry<Integer, Integer> each : descriptors.entrySet()) {
          check("dup2", invoke(DUPLICATE, actions, each.getValue(), each.getKey()));
        }
        for (int number = 0; number < FIRST_FREE; number++) {
          if (!descriptors.containsKey(number)) {
            check("close", invoke(CLOSE, actions, number));
          }
        }
        check("close from", invoke(CLOSE_FROM, actions, FIRST_FREE));
        MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
        check("attributes", invoke(ATTRIBUTES_INIT, attributes));
        MemorySegment all = arena.allocate(SIGNAL_SET_BYTES, 8).fill((byte) 0xFF);
        check("signals", invoke(DEFAULTS, attributes, all));
        check("flags", invoke(FLAGS, attributes, RESET_SIGNALS_AND_MASK));
        MemorySegment words = arena.allocate(address(), command.size() + 1L);
        for (int i = 0; i < command.size(); i++) {
          words.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(command.get(i)));
        }
        MemorySegment environment = arena.allocate(address());
        MemorySegment pid = arena.allocate(INT);
        check(
            command.getFirst(),
            invoke(
                SPAWN,
                pid,
                arena.allocateFrom(command.getFirst()),
                actions,
                attributes,
                words,
                environment));
        return pid.get(INT, 0);
      } finally {
        check("file actions", invoke(DESTROY, actions));
      }
    }
  }

  private static int invoke(@Nullable MethodHandle handle, Object... arguments) throws IOException {
    if (handle == null) {
      throw new IOException("posix_spawn is not in this C library");
    }
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable impossible) {
      throw new IllegalStateException("posix_spawn", impossible);
    }
  }

  private static void check(String what, int error) throws IOException {
    if (error != 0) {
      throw new IOException("posix_spawn: " + what + ": error number " + error);
    }
  }

  /// Waits for the end of a process that was started here, and kills it when that does not come.
  static void reap(long pid, Duration atMost) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(INT);
      while (invoke(WAIT, (int) pid, status, DO_NOT_BLOCK) == 0) {
        if (System.nanoTime() > deadline) {
          Kernel.kill(pid, 9);
          invoke(WAIT, (int) pid, status, 0);
          return;
        }
        LockSupport.parkNanos(500_000);
      }
    }
  }
}
