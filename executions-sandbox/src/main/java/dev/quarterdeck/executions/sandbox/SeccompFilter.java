package dev.quarterdeck.executions.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Compiles the system call filter to the classic BPF program that bubblewrap installs
/// (`--seccomp`).
///
/// It is a list of what is refused, since the programs behind it are whole language runtimes: the
/// kernel interfaces that reach beyond the sandbox's namespaces or have a record of holes. Foreign
/// ABIs are killed, numbers that the list cannot know answer ENOSYS.
final class SeccompFilter {
  static final int ALLOW = 0x7fff0000;
  static final int KILL_PROCESS = 0x80000000;
  static final int EPERM = 0x00050000 | 1;
  static final int ENOSYS = 0x00050000 | 38;
  static final int EAFNOSUPPORT = 0x00050000 | 97;
  private static final int EOPNOTSUPP = 0x00050000 | 95;

  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_SEQPACKET = 5;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int RLIMIT_LOCKS = 10;

  /// First number that did not exist when the list was made.
  private static final int FIRST_UNKNOWN_CALL = 480;

  /// How many refused numbers are compared one by one.
  private static final int GROUP = 8;

  private static final int X32_BIT = 0x40000000;

  /// CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
  private static final int CLONE_NAMESPACES = 0x7E020000;

  private static final int TIOCSTI = 0x5412;
  private static final int TIOCLINUX = 0x541C;

  /// Offsets in `struct seccomp_data`; of the arguments the low halves.
  private static final int NUMBER = 0;

  private static final int ARCH = 4;
  private static final int ARGUMENT_0 = 16;
  private static final int ARGUMENT_1 = 24;
  private static final int ARGUMENT_2 = 32;

  /// From the low to the high half of an argument.
  private static final int HIGH_HALF = 4;

  private static final int LOAD = 0x20;
  private static final int AND = 0x54;
  private static final int JUMP = 0x05;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int JUMP_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

  private final List<Instruction> program = new ArrayList<>();

  private SeccompFilter() {}

  /// The program: 8 bytes an instruction, in the byte order of both architectures (little endian).
  static byte[] compile(Architecture architecture) {
    return compile(architecture, true);
  }

  /// The program for level L1, which has to stand in for the namespaces, too: no socket but a
  /// connected pair, no object of the whole host, no other process's priority, and no change of a
  /// file's owner, mode or times by its name, which Landlock does not look at.
  static byte[] compileWithoutNamespaces(Architecture architecture) {
    return compile(architecture, false);
  }

  private static byte[] compile(Architecture architecture, boolean namespaces) {
    SeccompFilter filter = new SeccompFilter();
    filter.build(architecture, namespaces);
    ByteBuffer bytes =
        ByteBuffer.allocate(filter.program.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction instruction : filter.program) {
      bytes
          .putShort((short) instruction.code())
          .put((byte) instruction.ifTrue())
          .put((byte) instruction.ifFalse())
          .putInt(instruction.operand());
    }
    return bytes.array();
  }

  private void build(Architecture architecture, boolean namespaces) {
    add(LOAD, 0, 0, ARCH);
    add(JUMP_EQUAL, 1, 0, architecture.audit);
    answer(KILL_PROCESS);
    add(LOAD, 0, 0, NUMBER);
    if (architecture == Architecture.X86_64) {
      add(JUMP_AT_LEAST, 0, 1, X32_BIT);
      answer(ENOSYS);
    }
    add(JUMP_AT_LEAST, 0, 1, FIRST_UNKNOWN_CALL);
    answer(ENOSYS);
    refuse(SystemCall.deniedNumbers(architecture));
    // Its flags are behind a pointer; glibc falls back to clone.
    add(JUMP_EQUAL, 0, 1, SystemCall.CLONE3.number(architecture));
    answer(ENOSYS);
    onCall(SystemCall.CLONE.number(architecture), 4);
    add(LOAD, 0, 0, ARGUMENT_0);
    add(JUMP_ANY_BIT, 0, 1, CLONE_NAMESPACES);
    answer(EPERM);
    answer(ALLOW);
    if (!namespaces) {
      standInForNamespaces(architecture);
    }
    // AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. AF_VSOCK in particular knows no network namespace.
    allowOnly(SystemCall.SOCKET, architecture, EAFNOSUPPORT, 1, 2, 10, 16);
    allowOnly(SystemCall.SOCKETPAIR, architecture, EAFNOSUPPORT, 1);
    onCall(SystemCall.IOCTL.number(architecture), 5);
    add(LOAD, 0, 0, ARGUMENT_1);
    add(JUMP_EQUAL, 1, 0, TIOCSTI);
    add(JUMP_EQUAL, 0, 1, TIOCLINUX);
    answer(EPERM);
    answer(ALLOW);
    // PER_LINUX, PER_LINUX32, UNAME26, and the query: not the switch that turns ASLR off.
    allowOnly(SystemCall.PERSONALITY, architecture, EPERM, 0, 8, 0x20000, -1);
    // Its own limits only, not those of the stage shell, which has the same user id.
    allowOnly(SystemCall.PRLIMIT64, architecture, EPERM, 0);
    answer(ALLOW);
  }

  private void standInForNamespaces(Architecture architecture) {
    refuse(SystemCall.deniedWithoutNamespaces(architecture));
    add(JUMP_EQUAL, 0, 1, SystemCall.SOCKET.number(architecture));
    answer(EAFNOSUPPORT);
    // A datagram socket sends to any address, connected or not: streams and packets only.
    onCall(SystemCall.SOCKETPAIR.number(architecture), 8);
    add(LOAD, 0, 0, ARGUMENT_0);
    add(JUMP_EQUAL, 0, 4, AF_UNIX);
    add(LOAD, 0, 0, ARGUMENT_1);
    add(AND, 0, 0, 0xF);
    add(JUMP_EQUAL, 2, 0, SOCK_STREAM);
    add(JUMP_EQUAL, 1, 0, SOCK_SEQPACKET);
    answer(EAFNOSUPPORT);
    answer(ALLOW);
    // Times by descriptor only: the name must be a null pointer.
    onCall(SystemCall.UTIMENSAT.number(architecture), 6);
    add(LOAD, 0, 0, ARGUMENT_1);
    add(JUMP_EQUAL, 0, 2, 0);
    add(LOAD, 0, 0, ARGUMENT_1 + HIGH_HALF);
    add(JUMP_EQUAL, 1, 0, 0);
    answer(EPERM);
    answer(ALLOW);
    // Blocks beyond the end of a file, which no limit counts.
    onCall(SystemCall.FALLOCATE.number(architecture), 4);
    add(LOAD, 0, 0, ARGUMENT_1);
    add(JUMP_EQUAL, 1, 0, 0);
    answer(EOPNOTSUPP);
    answer(ALLOW);
    // One that is not dumpable could not be watched.
    onCall(SystemCall.PRCTL.number(architecture), 4);
    add(LOAD, 0, 0, ARGUMENT_0);
    add(JUMP_EQUAL, 0, 1, PR_SET_DUMPABLE);
    answer(EPERM);
    answer(ALLOW);
    // The limit of file locks is a run's mark; it may be asked for.
    onCall(SystemCall.PRLIMIT64.number(architecture), 10);
    add(LOAD, 0, 0, ARGUMENT_0);
    add(JUMP_EQUAL, 0, 6, 0);
    add(LOAD, 0, 0, ARGUMENT_1);
    add(JUMP_EQUAL, 0, 5, RLIMIT_LOCKS);
    add(LOAD, 0, 0, ARGUMENT_2);
    add(JUMP_EQUAL, 0, 2, 0);
    add(LOAD, 0, 0, ARGUMENT_2 + HIGH_HALF);
    add(JUMP_EQUAL, 1, 0, 0);
    answer(EPERM);
    answer(ALLOW);
    onCall(SystemCall.SETRLIMIT.number(architecture), 4);
    add(LOAD, 0, 0, ARGUMENT_0);
    add(JUMP_EQUAL, 0, 1, RLIMIT_LOCKS);
    answer(EPERM);
    answer(ALLOW);
    onCall(SystemCall.SETPRIORITY.number(architecture), 6);
    add(LOAD, 0, 0, ARGUMENT_0);
    add(JUMP_EQUAL, 0, 2, 0);
    add(LOAD, 0, 0, ARGUMENT_1);
    add(JUMP_EQUAL, 1, 0, 0);
    answer(EPERM);
    answer(ALLOW);
    for (SystemCall schedules :
        List.of(
            SystemCall.SCHED_SETAFFINITY,
            SystemCall.SCHED_SETSCHEDULER,
            SystemCall.SCHED_SETPARAM,
            SystemCall.SCHED_SETATTR)) {
      allowOnly(schedules, architecture, EPERM, 0);
    }
  }

  /// Refuses calls by sorted groups, each entered only by numbers that it may hold: whoever
  /// installs a filter waits until the kernel has tried it on every number.
  private void refuse(List<Integer> numbers) {
    List<Integer> sorted = numbers.stream().sorted().toList();
    for (int from = 0; from < sorted.size(); from += GROUP) {
      List<Integer> group = sorted.subList(from, Math.min(from + GROUP, sorted.size()));
      int size = group.size();
      int later = sorted.size() - from - size;
      int laterGroups = (later + GROUP - 1) / GROUP;
      add(JUMP_AT_LEAST, size + 2, 0, group.getLast() + 1);
      for (int i = 0; i < size; i++) {
        add(JUMP_EQUAL, size - i, 0, group.get(i));
      }
      add(JUMP, 0, 0, 1 + later + 3 * laterGroups);
      answer(EPERM);
    }
  }

  /// Refuses a call unless its first argument is one of a list.
  private void allowOnly(SystemCall call, Architecture architecture, int refusal, int... values) {
    onCall(call.number(architecture), values.length + 3);
    add(LOAD, 0, 0, ARGUMENT_0);
    for (int i = 0; i < values.length; i++) {
      add(JUMP_EQUAL, values.length - i, 0, values[i]);
    }
    answer(refusal);
    answer(ALLOW);
  }

  /// Begins a block of so many instructions for one call. Every block ends by allowing what it did
  /// not refuse: the accumulator holds an argument by then, so later comparisons would be wrong.
  private void onCall(int number, int length) {
    add(JUMP_EQUAL, 0, length, number);
  }

  private void answer(int action) {
    add(RETURN, 0, 0, action);
  }

  private void add(int code, int ifTrue, int ifFalse, int operand) {
    program.add(new Instruction(code, ifTrue, ifFalse, operand));
  }
}
