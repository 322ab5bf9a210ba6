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

  /// First number that did not exist when the list was made.
  private static final int FIRST_UNKNOWN_CALL = 480;

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

  private static final int LOAD = 0x20;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int JUMP_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

  private final List<Instruction> program = new ArrayList<>();

  private SeccompFilter() {}

  /// The program: 8 bytes an instruction, in the byte order of both architectures (little endian).
  static byte[] compile(Architecture architecture) {
    SeccompFilter filter = new SeccompFilter();
    filter.build(architecture);
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

  private void build(Architecture architecture) {
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
    for (int denied : SystemCall.deniedNumbers(architecture)) {
      add(JUMP_EQUAL, 0, 1, denied);
      answer(EPERM);
    }
    // Its flags are behind a pointer; glibc falls back to clone.
    add(JUMP_EQUAL, 0, 1, SystemCall.CLONE3.number(architecture));
    answer(ENOSYS);
    onCall(SystemCall.CLONE.number(architecture), 4);
    add(LOAD, 0, 0, ARGUMENT_0);
    add(JUMP_ANY_BIT, 0, 1, CLONE_NAMESPACES);
    answer(EPERM);
    answer(ALLOW);
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
