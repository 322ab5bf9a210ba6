package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/// Landlock: what a thread, and all that it starts, may still open, and whom it may still signal.
///
/// The constants are those of `linux/landlock.h` for version 6 of the interface (Linux 6.12), the
/// first with a scope for signals: without it a program could kill the server, whose user it is.
final class Landlock {
  /// The first version of the interface that is enough.
  static final int LEAST_ABI = 6;

  private static final int CREATE_RULESET = 444;
  private static final int ADD_RULE = 445;
  private static final int RESTRICT_SELF = 446;

  private static final long EXECUTE = 1;
  private static final long WRITE_FILE = 1 << 1;
  private static final long READ_FILE = 1 << 2;
  private static final long READ_DIRECTORY = 1 << 3;
  private static final long MAKE_CHARACTER_DEVICE = 1 << 6;
  private static final long MAKE_SOCKET = 1 << 9;
  private static final long MAKE_BLOCK_DEVICE = 1 << 11;
  private static final long TRUNCATE = 1 << 14;
  private static final long DEVICE_CONTROL = 1 << 15;
  private static final long ALL = (1 << 16) - 1;

  private static final long READ = READ_FILE | READ_DIRECTORY | EXECUTE;
  private static final long CHANGE =
      ALL & ~(MAKE_CHARACTER_DEVICE | MAKE_BLOCK_DEVICE | MAKE_SOCKET | DEVICE_CONTROL);

  private static final long BIND_AND_CONNECT = 3;
  private static final long SIGNALS = 2;
  private static final long ABSTRACT_SOCKETS_AND_SIGNALS = 1 | SIGNALS;

  private static final int O_WRONLY = 1;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_PATH_CLOEXEC = 0x200000 | O_CLOEXEC;
  private static final int AT_FDCWD = -100;

  private static final int NO_NEW_PRIVILEGES = 38;
  private static final int SECCOMP = 22;
  private static final int FILTER = 2;

  private final Architecture architecture;

  /// The one of these flags whose number differs; that of O_DIRECTORY is half of it on both.
  private final int noFollow;

  Landlock(Architecture architecture) {
    this.architecture = architecture;
    this.noFollow = architecture == Architecture.X86_64 ? 0x20000 : 0x8000;
  }

  /// The version of the interface.
  ///
  /// @throws IOException this kernel has none, or it is not allowed here
  static int abi() throws IOException {
    return (int) Syscalls.must("landlock_create_ruleset", CREATE_RULESET, 0, 0, 1, 0, 0);
  }

  /// A new set of rules, which allows nothing yet.
  ///
  /// @return its descriptor, not inherited by what is started
  int ruleset() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handled = arena.allocate(24, 8);
      handled.set(ValueLayout.JAVA_LONG, 0, ALL);
      handled.set(ValueLayout.JAVA_LONG, 8, BIND_AND_CONNECT);
      handled.set(ValueLayout.JAVA_LONG, 16, ABSTRACT_SOCKETS_AND_SIGNALS);
      return (int)
          Syscalls.must("landlock_create_ruleset", CREATE_RULESET, handled.address(), 24, 0, 0, 0);
    }
  }

  /// Keeps the calling thread, and all that it starts, from signalling anybody else: so a signal to
  /// all processes is one to these.
  void scopeSignals() throws IOException {
    int prctl = SystemCall.PRCTL.number(architecture);
    Syscalls.must("no_new_privs", prctl, NO_NEW_PRIVILEGES, 1, 0, 0, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handled = arena.allocate(24, 8);
      handled.set(ValueLayout.JAVA_LONG, 16, SIGNALS);
      int ruleset =
          (int)
              Syscalls.must(
                  "landlock_create_ruleset", CREATE_RULESET, handled.address(), 24, 0, 0, 0);
      try {
        Syscalls.must("landlock_restrict_self", RESTRICT_SELF, ruleset, 0, 0, 0, 0);
      } finally {
        Kernel.close(ruleset);
      }
    }
  }

  /// Lets what lies in a place be read and executed. A place that does not exist needs no rule.
  void read(int ruleset, Path place) throws IOException {
    if (Files.exists(place)) {
      allow(ruleset, place, Files.isDirectory(place) ? READ : READ & ~READ_DIRECTORY);
    }
  }

  /// Lets a device be read and written.
  void device(int ruleset, Path device) throws IOException {
    if (Files.exists(device)) {
      allow(ruleset, device, READ_FILE | WRITE_FILE | TRUNCATE);
    }
  }

  /// Lets everything be done in a directory but devices and sockets be made.
  void change(int ruleset, Path directory) throws IOException {
    allow(ruleset, directory, CHANGE);
  }

  /// Opens a file of the server's own for writing.
  ///
  /// @return a descriptor that is not inherited by what is started
  int open(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int openat = SystemCall.OPENAT.number(architecture);
      MemorySegment name = arena.allocateFrom(file.toString());
      int mode = O_WRONLY | O_CLOEXEC | noFollow;
      return Kernel.above(
          (int) Syscalls.must("open " + file, openat, AT_FDCWD, name.address(), mode, 0, 0));
    }
  }

  /// Opens a directory for looking only, following no link.
  ///
  /// @param within descriptor of the directory that the name is relative to
  int openDirectory(int within, String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int openat = SystemCall.OPENAT.number(architecture);
      MemorySegment path = arena.allocateFrom(name);
      int mode = O_PATH_CLOEXEC | noFollow | noFollow >> 1;
      return (int) Syscalls.must("open " + name, openat, within, path.address(), mode, 0, 0);
    }
  }

  private void allow(int ruleset, Path place, long access) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int openat = SystemCall.OPENAT.number(architecture);
      MemorySegment name = arena.allocateFrom(place.toString());
      int descriptor =
          (int)
              Syscalls.must(
                  "open " + place, openat, AT_FDCWD, name.address(), O_PATH_CLOEXEC, 0, 0);
      try {
        // A packed structure of 12 bytes.
        MemorySegment rule = arena.allocate(16, 8);
        rule.set(ValueLayout.JAVA_LONG, 0, access);
        rule.set(ValueLayout.JAVA_INT, 8, descriptor);
        Syscalls.must("landlock_add_rule", ADD_RULE, ruleset, 1, rule.address(), 0, 0);
      } finally {
        Kernel.close(descriptor);
      }
    }
  }

  /// Restricts the calling thread for good, by rules and by a filter of system calls; whatever it
  /// starts is restricted as well. It must not start a thread of the JVM any more, nor wake a
  /// virtual one, which might.
  void restrict(int ruleset, byte[] filter) throws IOException {
    int prctl = SystemCall.PRCTL.number(architecture);
    Syscalls.must("no_new_privs", prctl, NO_NEW_PRIVILEGES, 1, 0, 0, 0);
    Syscalls.must("landlock_restrict_self", RESTRICT_SELF, ruleset, 0, 0, 0, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program = arena.allocate(16, 8);
      MemorySegment instructions = arena.allocate(filter.length, 8);
      MemorySegment.copy(filter, 0, instructions, ValueLayout.JAVA_BYTE, 0, filter.length);
      program.set(ValueLayout.JAVA_SHORT, 0, (short) (filter.length / 8));
      program.set(ValueLayout.ADDRESS, 8, instructions);
      Syscalls.must("seccomp", prctl, SECCOMP, FILTER, program.address(), 0, 0);
    }
  }
}
