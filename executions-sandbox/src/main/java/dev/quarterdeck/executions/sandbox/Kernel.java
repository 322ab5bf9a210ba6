package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The calls of Linux on descriptors and processes that the JDK does not offer. A descriptor is a
/// bare number: whoever got it closes it.
final class Kernel {
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_READ_AND_WRITE = 2;
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final short POLLIN = 1;
  private static final int EINTR = 4;
  private static final long FIONREAD = 0x541B;
  private static final int MOST_AT_ONCE = 16 << 10;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private static final @Nullable MethodHandle PIPE2 = find("pipe2", INT, ValueLayout.ADDRESS, INT);
  private static final @Nullable MethodHandle SOCKETPAIR =
      find("socketpair", INT, INT, INT, INT, ValueLayout.ADDRESS);
  private static final @Nullable MethodHandle OPEN = find("open", INT, ValueLayout.ADDRESS, INT);
  private static final @Nullable MethodHandle READ =
      find("read", LONG, INT, ValueLayout.ADDRESS, LONG);
  private static final @Nullable MethodHandle WRITE =
      find("write", LONG, INT, ValueLayout.ADDRESS, LONG);
  private static final @Nullable MethodHandle IOCTL =
      find("ioctl", INT, INT, LONG, ValueLayout.ADDRESS);
  private static final @Nullable MethodHandle CLOSE = find("close", INT, INT);
  private static final @Nullable MethodHandle FCHOWN = find("fchown", INT, INT, INT, INT);
  private static final @Nullable MethodHandle FCNTL = find("fcntl", INT, INT, INT, INT);
  private static final @Nullable MethodHandle KILL = find("kill", INT, INT, INT);
  private static final @Nullable MethodHandle SENDMSG =
      find("sendmsg", LONG, INT, ValueLayout.ADDRESS, INT);
  private static final @Nullable MethodHandle RECV =
      find("recv", LONG, INT, ValueLayout.ADDRESS, LONG, INT);
  private static final @Nullable MethodHandle POLL =
      find("poll", INT, ValueLayout.ADDRESS, LONG, INT);

  private Kernel() {}

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle find(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER
        .defaultLookup()
        .find(name)
        .map(
            symbol ->
                LINKER.downcallHandle(symbol, FunctionDescriptor.of(result, arguments), CAPTURE))
        .orElse(null);
  }

  /// The symbol of a C function, absent when this libc is older than it.
  static Optional<MemorySegment> symbol(String name) {
    return LINKER.defaultLookup().find(name);
  }

  private interface Call {
    long make(MethodHandle handle, MemorySegment state) throws Throwable;
  }

  private static long call(String name, @Nullable MethodHandle handle, Arena arena, Call call)
      throws IOException {
    if (handle == null) {
      throw new IOException(name + " is not in this C library");
    }
    MemorySegment state = arena.allocate(STATE);
    while (true) {
      long result;
      try {
        result = call.make(handle, state);
      } catch (Throwable impossible) {
        throw new IllegalStateException(name, impossible);
      }
      int error = (int) ERRNO.get(state, 0L);
      if (result >= 0) {
        return result;
      }
      if (error != EINTR) {
        throw new IOException(name + " failed with error number " + error);
      }
    }
  }

  /// A new pipe: where to read, where to write. Neither is inherited by what is started.
  static int[] pipe() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(INT, 2);
      call("pipe2", PIPE2, arena, (h, s) -> (int) h.invokeExact(s, pair, O_CLOEXEC));
      return new int[] {above(pair.getAtIndex(INT, 0)), above(pair.getAtIndex(INT, 1))};
    }
  }

  /// Two ends of a new stream socket. Neither is inherited by what is started.
  static int[] socketPair() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(INT, 2);
      call(
          "socketpair",
          SOCKETPAIR,
          arena,
          (h, s) -> (int) h.invokeExact(s, AF_UNIX, SOCK_STREAM | O_CLOEXEC, 0, pair));
      return new int[] {above(pair.getAtIndex(INT, 0)), above(pair.getAtIndex(INT, 1))};
    }
  }

  /// Moves a descriptor away from the numbers that started programs get.
  static int above(int descriptor) throws IOException {
    if (descriptor >= Spawn.FIRST_FREE) {
      return descriptor;
    }
    try (Arena arena = Arena.ofConfined()) {
      return (int)
          call(
              "fcntl",
              FCNTL,
              arena,
              (h, s) -> (int) h.invokeExact(s, descriptor, F_DUPFD_CLOEXEC, Spawn.FIRST_FREE));
    } finally {
      close(descriptor);
    }
  }

  static void close(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      call("close", CLOSE, arena, (h, s) -> (int) h.invokeExact(s, descriptor));
    } catch (IOException already) {
      throw new IllegalStateException("descriptor " + descriptor, already);
    }
  }

  /// Makes a user the owner of a pipe, so that it can open `/dev/stdout`.
  static void own(int descriptor, int user) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      call("fchown", FCHOWN, arena, (h, s) -> (int) h.invokeExact(s, descriptor, user, -1));
    }
  }

  /// Opens a file to read and to write. It is not inherited by what is started.
  static int open(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(file.toString());
      int mode = O_READ_AND_WRITE | O_CLOEXEC;
      return above(
          (int) call("open " + file, OPEN, arena, (h, s) -> (int) h.invokeExact(s, path, mode)));
    }
  }

  /// Sends a signal; does nothing when the process is gone.
  static void kill(long pid, int signal) {
    try (Arena arena = Arena.ofConfined()) {
      call("kill", KILL, arena, (h, s) -> (int) h.invokeExact(s, (int) pid, signal));
    } catch (IOException gone) {
      return;
    }
  }

  /// Sends bytes over a socket, and descriptors with the first of them.
  static void send(int socket, byte[] bytes, int... descriptors) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment content = arena.allocate(Math.max(1, bytes.length));
      MemorySegment.copy(bytes, 0, content, ValueLayout.JAVA_BYTE, 0, bytes.length);
      MemorySegment vector = arena.allocate(16, 8);
      MemorySegment header = arena.allocate(56, 8);
      header.set(ValueLayout.ADDRESS, 16, vector);
      header.set(LONG, 24, 1);
      if (descriptors.length > 0) {
        long length = 16 + 4L * descriptors.length;
        MemorySegment control = arena.allocate((length + 7) / 8 * 8, 8);
        control.set(LONG, 0, length);
        control.set(INT, 8, SOL_SOCKET);
        control.set(INT, 12, SCM_RIGHTS);
        for (int i = 0; i < descriptors.length; i++) {
          control.set(INT, 16 + 4L * i, descriptors[i]);
        }
        header.set(ValueLayout.ADDRESS, 32, control);
        header.set(LONG, 40, control.byteSize());
      }
      long sent = 0;
      while (sent < bytes.length) {
        vector.set(ValueLayout.ADDRESS, 0, content.asSlice(sent));
        vector.set(LONG, 8, bytes.length - sent);
        sent +=
            call(
                "sendmsg",
                SENDMSG,
                arena,
                (h, s) -> (long) h.invokeExact(s, socket, header, MSG_NOSIGNAL));
        header.set(LONG, 40, 0);
        header.set(ValueLayout.ADDRESS, 32, MemorySegment.NULL);
      }
    }
  }

  /// Waits for one byte from a socket.
  ///
  /// @return the byte; -1 when the other end is closed
  /// @throws IOException none came in time
  static int receive(int socket, long nanos) throws IOException {
    if (!awaitReadable(socket, nanos)) {
      throw new IOException("no answer within " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocate(1);
      long n =
          call(
              "recv",
              RECV,
              arena,
              (h, s) -> (long) h.invokeExact(s, socket, one, 1L, MSG_DONTWAIT));
      return n == 0 ? -1 : one.get(ValueLayout.JAVA_BYTE, 0);
    }
  }

  /// Waits until something can be read, or the end was reached, from platform threads only.
  ///
  /// @return whether it can
  static boolean awaitReadable(int descriptor, long nanos) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment wanted = arena.allocate(8, 4);
      wanted.set(INT, 0, descriptor);
      wanted.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      int millis = (int) Math.min(Integer.MAX_VALUE, Math.max(0, (nanos + 999_999) / 1_000_000));
      return call("poll", POLL, arena, (h, s) -> (int) h.invokeExact(s, wanted, 1L, millis)) > 0;
    }
  }

  /// Reads what is there, and waits for the first of it, from platform threads only.
  ///
  /// @return how many bytes; 0 at the end
  static int read(int descriptor, byte[] bytes, int offset, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int most = Math.min(length, MOST_AT_ONCE);
      MemorySegment buffer = arena.allocate(most);
      int n =
          (int)
              call(
                  "read",
                  READ,
                  arena,
                  (h, s) -> (long) h.invokeExact(s, descriptor, buffer, (long) most));
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, offset, n);
      return n;
    }
  }

  /// Writes some of the bytes, from platform threads only.
  ///
  /// @return how many
  static int write(int descriptor, byte[] bytes, int offset, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int most = Math.min(length, MOST_AT_ONCE);
      MemorySegment buffer = arena.allocate(most);
      MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, most);
      return (int)
          call(
              "write",
              WRITE,
              arena,
              (h, s) -> (long) h.invokeExact(s, descriptor, buffer, (long) most));
    }
  }

  /// How many bytes can be read without waiting.
  static int available(int descriptor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(INT);
      call("ioctl", IOCTL, arena, (h, s) -> (int) h.invokeExact(s, descriptor, FIONREAD, number));
      return number.get(INT, 0);
    }
  }

  /// A stream over the reading end of a pipe, whose it is from now on.
  static InputStream reading(int descriptor) {
    return new PipeInput(descriptor);
  }

  /// A stream over the writing end of a pipe, whose it is from now on.
  static OutputStream writing(int descriptor) {
    return new PipeOutput(descriptor);
  }
}
