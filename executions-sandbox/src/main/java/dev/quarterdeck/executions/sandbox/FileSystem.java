package dev.quarterdeck.executions.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/// How full a file system is, inodes included, which the JDK does not tell.
///
/// @param totalBytes its size
/// @param freeBytes what is left of it
/// @param usedFiles inodes in use
record FileSystem(long totalBytes, long freeBytes, long usedFiles) {
  /// `struct statvfs` of 64-bit Linux, all fields of 8 bytes up to here.
  private static final long SIZE = 112;

  private static final long FRAGMENT = 8;
  private static final long BLOCKS = 16;
  private static final long FREE_BLOCKS = 24;
  private static final long FILES = 40;
  private static final long FREE_FILES = 48;

  @SuppressWarnings("restricted")
  private static final MethodHandle STATVFS =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("statvfs"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));

  /// Asks the kernel; empty when the path does not exist or may not be entered.
  static Optional<FileSystem> at(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(SIZE, 8);
      int result = (int) STATVFS.invokeExact(arena.allocateFrom(path.toString()), answer);
      if (result != 0) {
        return Optional.empty();
      }
      long fragment = answer.get(ValueLayout.JAVA_LONG, FRAGMENT);
      return Optional.of(
          new FileSystem(
              answer.get(ValueLayout.JAVA_LONG, BLOCKS) * fragment,
              answer.get(ValueLayout.JAVA_LONG, FREE_BLOCKS) * fragment,
              answer.get(ValueLayout.JAVA_LONG, FILES)
                  - answer.get(ValueLayout.JAVA_LONG, FREE_FILES)));
    } catch (Throwable impossible) {
      throw new IllegalStateException("statvfs", impossible);
    }
  }
}
