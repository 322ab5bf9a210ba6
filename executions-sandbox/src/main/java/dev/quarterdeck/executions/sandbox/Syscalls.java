package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Makes system calls by their numbers, for those that the C library has no function for, and for a
/// thread that may not look anything up any more.
final class Syscalls {
  private static final int EINTR = 4;

  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  @SuppressWarnings("restricted")
  private static final MethodHandle SYSCALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG),
              Linker.Option.firstVariadicArg(1),
              Linker.Option.captureCallState("errno"));

  private Syscalls() {}

  /// Makes a call, again when a signal interrupted it.
  ///
  /// @return its result; when it failed, the error number negated
  static long make(int number, long a, long b, long c, long d, long e) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      while (true) {
        long result = (long) SYSCALL.invokeExact(state, (long) number, a, b, c, d, e);
        if (result >= 0) {
          return result;
        }
        int error = (int) ERRNO.get(state, 0L);
        if (error != EINTR) {
          return -error;
        }
      }
    } catch (Throwable impossible) {
      throw new IllegalStateException("system call", impossible);
    }
  }

  /// The same, where a failure is an exception.
  static long must(String name, int number, long a, long b, long c, long d, long e)
      throws IOException {
    long result = make(number, a, b, c, d, e);
    if (result < 0) {
      throw new IOException(name + " failed with error number " + -result);
    }
    return result;
  }
}
