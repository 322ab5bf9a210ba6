package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The calls of Linux on named pipes: the JDK can neither make one nor open one without waiting.
final class Fifo {
  private static final int O_WRONLY = 1;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final @Nullable MethodHandle MAKE =
      find("mkfifo", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
  private static final @Nullable MethodHandle OPEN =
      find("open", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
  private static final @Nullable MethodHandle WRITE =
      find("write", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));

  /// What one holds at most: a writer that nobody reads yet can write so much without waiting.
  static final int CAPACITY = 64 << 10;

  private Fifo() {}

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle find(String name, FunctionDescriptor function) {
    return Kernel.symbol(name)
        .map(symbol -> Linker.nativeLinker().downcallHandle(symbol, function))
        .orElse(null);
  }

  /// Makes one.
  static void make(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      if (call("mkfifo", MAKE, arena.allocateFrom(path.toString()), 0_600) != 0) {
        throw new IOException(path + ": mkfifo failed");
      }
    }
  }

  /// Opens one for writing when somebody reads it.
  ///
  /// @return a descriptor, to be closed by [Kernel#close]; nothing when nobody does
  static OptionalInt openForWriting(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long descriptor =
          call(
              "open", OPEN, arena.allocateFrom(path.toString()), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
      return descriptor < 0 ? OptionalInt.empty() : OptionalInt.of((int) descriptor);
    }
  }

  /// Writes all bytes at once.
  ///
  /// @throws IOException the reader is gone, or less than that had place
  static void write(int descriptor, byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment content = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      long written = call("write", WRITE, descriptor, content, (long) bytes.length);
      if (written != bytes.length) {
        throw new IOException(
            "a named pipe took " + written + " bytes (expected: " + bytes.length + ")");
      }
    }
  }

  private static long call(String name, @Nullable MethodHandle handle, Object... arguments)
      throws IOException {
    if (handle == null) {
      throw new IOException(name + " is not in this C library");
    }
    try {
      return ((Number) handle.invokeWithArguments(arguments)).longValue();
    } catch (Throwable impossible) {
      throw new IllegalStateException(name, impossible);
    }
  }
}
