package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompFilterTest {
  /// Instructions that the last answer took.
  private static int steps;

  /// What the program answers to a call: a small interpreter of classic BPF.
  private static int answer(Architecture filter, int arch, int number, long... arguments) {
    return answer(SeccompFilter.compile(filter), arch, number, arguments);
  }

  private static int answer(byte[] compiled, int arch, int number, long... arguments) {
    ByteBuffer program = ByteBuffer.wrap(compiled).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(0, number).putInt(4, arch);
    for (int i = 0; i < arguments.length; i++) {
      data.putLong(16 + 8 * i, arguments[i]);
    }
    int accumulator = 0;
    steps = 0;
    for (int pc = 0; pc < program.capacity() / 8; pc++) {
      steps++;
      int operand = program.getInt(pc * 8 + 4);
      int yes = Byte.toUnsignedInt(program.get(pc * 8 + 2));
      int no = Byte.toUnsignedInt(program.get(pc * 8 + 3));
      switch (program.getShort(pc * 8)) {
        case 0x20 -> accumulator = data.getInt(operand);
        case 0x05 -> pc += operand;
        case 0x15 -> pc += accumulator == operand ? yes : no;
        case 0x35 -> pc += Integer.compareUnsigned(accumulator, operand) >= 0 ? yes : no;
        case 0x45 -> pc += (accumulator & operand) != 0 ? yes : no;
        case 0x54 -> accumulator &= operand;
        case 0x06 -> {
          return operand;
        }
        default -> throw new AssertionError("unknown instruction at " + pc);
      }
    }
    throw new AssertionError("ran off the end");
  }

  private static int call(Architecture architecture, SystemCall call, long... arguments) {
    return answer(architecture, architecture.audit, call.number(architecture), arguments);
  }

  /// The same where there are no namespaces.
  private static int alone(Architecture architecture, SystemCall call, long... arguments) {
    byte[] compiled = SeccompFilter.compileWithoutNamespaces(architecture);
    return answer(compiled, architecture.audit, call.number(architecture), arguments);
  }

  @ParameterizedTest
  @EnumSource
  void standsInForNamespaces(Architecture architecture) {
    byte[] compiled = SeccompFilter.compileWithoutNamespaces(architecture);
    List<Integer> denied = SystemCall.deniedWithoutNamespaces(architecture);
    assertThat(denied)
        .hasSizeGreaterThan(30)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(SystemCall.deniedNumbers(architecture));
    for (int number : denied) {
      assertThat(answer(compiled, architecture.audit, number)).isEqualTo(SeccompFilter.EPERM);
    }
    for (int number : SystemCall.deniedNumbers(architecture)) {
      assertThat(answer(compiled, architecture.audit, number)).isEqualTo(SeccompFilter.EPERM);
    }
    for (int domain = 0; domain < 50; domain++) {
      assertThat(alone(architecture, SystemCall.SOCKET, domain))
          .isEqualTo(SeccompFilter.EAFNOSUPPORT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void allowsPairsOfSocketsThatCannotSendElsewhere(Architecture architecture) {
    int cloexec = 0x80000;
    for (long type : new long[] {1, 5, 1 | cloexec, 5 | cloexec}) {
      assertThat(alone(architecture, SystemCall.SOCKETPAIR, 1, type))
          .isEqualTo(SeccompFilter.ALLOW);
      assertThat(alone(architecture, SystemCall.SOCKETPAIR, 2, type))
          .isEqualTo(SeccompFilter.EAFNOSUPPORT);
    }
    for (long type : new long[] {2, 3, 2 | cloexec, 0}) {
      assertThat(alone(architecture, SystemCall.SOCKETPAIR, 1, type))
          .isEqualTo(SeccompFilter.EAFNOSUPPORT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsAProgramChangeItselfOnlyWhereThereAreNoNamespaces(Architecture architecture) {
    for (SystemCall call :
        List.of(
            SystemCall.SCHED_SETAFFINITY,
            SystemCall.SCHED_SETSCHEDULER,
            SystemCall.SCHED_SETPARAM,
            SystemCall.SCHED_SETATTR)) {
      assertThat(alone(architecture, call, 0)).isEqualTo(SeccompFilter.ALLOW);
      assertThat(alone(architecture, call, 7)).isEqualTo(SeccompFilter.EPERM);
    }
    assertThat(alone(architecture, SystemCall.SETPRIORITY, 0, 0)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(alone(architecture, SystemCall.SETPRIORITY, 0, 7)).isEqualTo(SeccompFilter.EPERM);
    assertThat(alone(architecture, SystemCall.SETPRIORITY, 2, 0)).isEqualTo(SeccompFilter.EPERM);
    assertThat(alone(architecture, SystemCall.SETRLIMIT, 7)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(alone(architecture, SystemCall.SETRLIMIT, 10)).isEqualTo(SeccompFilter.EPERM);
    assertThat(alone(architecture, SystemCall.PRLIMIT64, 0, 7, 9)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(alone(architecture, SystemCall.PRLIMIT64, 0, 10, 0)).isEqualTo(SeccompFilter.ALLOW);
    for (long limits : new long[] {9, 1L << 40}) {
      assertThat(alone(architecture, SystemCall.PRLIMIT64, 0, 10, limits))
          .isEqualTo(SeccompFilter.EPERM);
    }
    assertThat(alone(architecture, SystemCall.PRLIMIT64, 7, 7, 0)).isEqualTo(SeccompFilter.EPERM);
    assertThat(alone(architecture, SystemCall.UTIMENSAT, 3, 0)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(alone(architecture, SystemCall.UTIMENSAT, 3, 4096)).isEqualTo(SeccompFilter.EPERM);
    assertThat(alone(architecture, SystemCall.UTIMENSAT, 3, 1L << 40))
        .isEqualTo(SeccompFilter.EPERM);
    assertThat(alone(architecture, SystemCall.FALLOCATE, 3, 0)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(alone(architecture, SystemCall.FALLOCATE, 3, 1)).isEqualTo(0x00050000 | 95);
    assertThat(alone(architecture, SystemCall.PRCTL, 15)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(alone(architecture, SystemCall.PRCTL, 4, 0)).isEqualTo(SeccompFilter.EPERM);
    assertThat(alone(architecture, SystemCall.KILL, -1, 9)).isEqualTo(SeccompFilter.ALLOW);
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryCallOfTheList(Architecture architecture) {
    List<Integer> denied = SystemCall.deniedNumbers(architecture);
    assertThat(denied).hasSizeGreaterThan(55).doesNotHaveDuplicates();
    for (int number : denied) {
      assertThat(answer(architecture, architecture.audit, number)).isEqualTo(SeccompFilter.EPERM);
    }
  }

  /// The kernel tries a new filter on every number, with each sandbox that starts.
  @ParameterizedTest
  @EnumSource
  void refusesNoNeighbourOfTheListAndNeedsFewStepsForAnyCall(Architecture architecture) {
    List<Integer> answeredOtherwise = new ArrayList<>(SystemCall.deniedNumbers(architecture));
    for (SystemCall call :
        List.of(SystemCall.CLONE3, SystemCall.PERSONALITY, SystemCall.PRLIMIT64)) {
      answeredOtherwise.add(call.number(architecture));
    }
    for (int number = 0; number < 480; number++) {
      if (!answeredOtherwise.contains(number)) {
        assertThat(answer(architecture, architecture.audit, number, 1, 1))
            .as("call %d", number)
            .isEqualTo(SeccompFilter.ALLOW);
      }
      assertThat(steps).as("steps for call %d", number).isLessThan(45);
    }
  }

  @ParameterizedTest
  @EnumSource
  void killsForeignArchitectures(Architecture architecture) {
    for (Architecture other : Architecture.values()) {
      int expected = other == architecture ? SeccompFilter.ALLOW : SeccompFilter.KILL_PROCESS;
      int getuid = SystemCall.GETUID.number(architecture);
      assertThat(answer(architecture, other.audit, getuid)).isEqualTo(expected);
    }
    assertThat(answer(architecture, 0x40000003, 1)).isEqualTo(SeccompFilter.KILL_PROCESS);
  }

  @ParameterizedTest
  @EnumSource
  void knowsNoNewerCallsAndNoX32(Architecture architecture) {
    for (int number : new int[] {480, 9999, 0x40000001, -1}) {
      assertThat(answer(architecture, architecture.audit, number)).isEqualTo(SeccompFilter.ENOSYS);
    }
    assertThat(call(architecture, SystemCall.CLONE3)).isEqualTo(SeccompFilter.ENOSYS);
  }

  @ParameterizedTest
  @EnumSource
  void allowsThreadsAndForksButNoNamespaces(Architecture architecture) {
    assertThat(call(architecture, SystemCall.CLONE, 0x3D0F00)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(call(architecture, SystemCall.CLONE, 0x1200011)).isEqualTo(SeccompFilter.ALLOW);
    for (long flag :
        new long[] {0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000}) {
      assertThat(call(architecture, SystemCall.CLONE, flag | 17)).isEqualTo(SeccompFilter.EPERM);
    }
  }

  @ParameterizedTest
  @EnumSource
  void allowsOnlyTheUsualSockets(Architecture architecture) {
    for (int domain = 0; domain < 50; domain++) {
      boolean usual = List.of(1, 2, 10, 16).contains(domain);
      assertThat(call(architecture, SystemCall.SOCKET, domain))
          .isEqualTo(usual ? SeccompFilter.ALLOW : SeccompFilter.EAFNOSUPPORT);
    }
    assertThat(call(architecture, SystemCall.SOCKETPAIR, 1)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(call(architecture, SystemCall.SOCKETPAIR, 2)).isEqualTo(SeccompFilter.EAFNOSUPPORT);
  }

  @ParameterizedTest
  @EnumSource
  void looksAtArguments(Architecture architecture) {
    assertThat(call(architecture, SystemCall.IOCTL, 0, 0x5401)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(call(architecture, SystemCall.IOCTL, 0, 0x5412)).isEqualTo(SeccompFilter.EPERM);
    assertThat(call(architecture, SystemCall.IOCTL, 0, 0x541C)).isEqualTo(SeccompFilter.EPERM);
    assertThat(call(architecture, SystemCall.IOCTL, 0, 0xFFFFFFFF00005412L))
        .isEqualTo(SeccompFilter.EPERM);
    assertThat(call(architecture, SystemCall.PERSONALITY, 0xFFFFFFFFL))
        .isEqualTo(SeccompFilter.ALLOW);
    assertThat(call(architecture, SystemCall.PERSONALITY, 0x40000)).isEqualTo(SeccompFilter.EPERM);
    assertThat(call(architecture, SystemCall.PRLIMIT64, 0)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(call(architecture, SystemCall.PRLIMIT64, 1)).isEqualTo(SeccompFilter.EPERM);
  }

  @ParameterizedTest
  @EnumSource
  void allowsOrdinaryCalls(Architecture architecture) {
    for (SystemCall call :
        List.of(SystemCall.WRITE, SystemCall.OPENAT, SystemCall.EXIT_GROUP, SystemCall.CONNECT)) {
      assertThat(call(architecture, call, 3)).isEqualTo(SeccompFilter.ALLOW);
    }
  }
}
