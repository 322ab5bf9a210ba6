package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.sandbox.ProbeProgram.Call;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The list of what a program in the sandbox must not be able to do, tried by a program in the
/// sandbox. A defence that exists on paper only is found here, before any stranger's code runs.
final class SelfTest {
  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int ESRCH = 3;
  private static final int EBADF = 9;
  private static final int EACCES = 13;
  private static final int EINVAL = 22;
  private static final int EROFS = 30;
  private static final int ENOSYS = 38;
  private static final int EOPNOTSUPP = 95;
  private static final int EAFNOSUPPORT = 97;
  private static final int ENETUNREACH = 101;
  private static final int ECONNREFUSED = 111;

  private static final int SOME_DESCRIPTORS = 32;
  private static final int AT_FDCWD = -100;
  private static final int WRITE_NEW_FILE = 0x41;

  /// Those with which most can be done.
  private static final int[] CAPABILITIES = {0, 1, 7, 12, 18, 19, 21};

  /// @param name what is tried
  /// @param accepted what the call may return
  private record Check(String name, Set<Long> accepted) {}

  private final Architecture architecture;
  private final List<Check> checks = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  private SelfTest(Architecture architecture) {
    this.architecture = architecture;
  }

  /// For a sandbox of namespaces.
  ///
  /// @param hostFiles files that exist on the host and must not in the sandbox
  /// @param loopbackPort a port on which the host listens on 127.0.0.1
  static SelfTest withNamespaces(
      Architecture architecture, List<Path> hostFiles, int loopbackPort) {
    SelfTest test = new SelfTest(architecture);
    test.descriptors();
    test.check("first free descriptor", Set.of(3L), SystemCall.SOCKET, 2, 1, 0);
    byte[] address = {
      2, 0, (byte) (loopbackPort >> 8), (byte) loopbackPort, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
    };
    test.refused(
        "connect to the host's loopback",
        SystemCall.CONNECT,
        fails(ECONNREFUSED, ENETUNREACH),
        3,
        address,
        16);
    test.check("own user id", Set.of(65534L), SystemCall.GETUID);
    for (int capability : CAPABILITIES) {
      test.check("capability " + capability, Set.of(0L), SystemCall.PRCTL, 23, capability, 0, 0, 0);
    }
    test.refused("signal other processes", SystemCall.KILL, fails(ESRCH), -1, 0);
    test.refused("AF_VSOCK", SystemCall.SOCKET, fails(EAFNOSUPPORT), 40, 1, 0);
    test.refused("AF_PACKET", SystemCall.SOCKET, fails(EAFNOSUPPORT), 17, 3, 0);
    test.privileges();
    test.systemCalls();
    test.files(hostFiles, ENOENT);
    test.check(
        "write to /tmp",
        Set.of(4L),
        SystemCall.OPENAT,
        AT_FDCWD,
        path("/tmp/probe"),
        WRITE_NEW_FILE,
        0600);
    return test;
  }

  /// For level L1.
  ///
  /// @param hostFiles files that exist on the host and must not be opened
  /// @param outsiders processes of the same user that must not be reached
  static SelfTest withoutNamespaces(
      Architecture architecture, List<Path> hostFiles, List<Long> outsiders) {
    SelfTest test = new SelfTest(architecture);
    test.descriptors();
    for (int family : new int[] {1, 2, 10, 16, 17, 40}) {
      test.refused(
          "socket of family " + family, SystemCall.SOCKET, fails(EAFNOSUPPORT), family, 1, 0);
    }
    test.refused(
        "pair of datagram sockets", SystemCall.SOCKETPAIR, fails(EAFNOSUPPORT), 1, 2, 0, 0);
    for (int capability : CAPABILITIES) {
      test.check(
          "ambient capability " + capability,
          Set.of(0L),
          SystemCall.PRCTL,
          47,
          1,
          capability,
          0,
          0);
    }
    for (long outsider : outsiders) {
      test.refused("signal to " + outsider, SystemCall.KILL, fails(EPERM), outsider, 0);
      test.refused(
          "priority of " + outsider, SystemCall.SETPRIORITY, fails(EPERM), 0, outsider, 19);
      test.refused(
          "processors of " + outsider,
          SystemCall.SCHED_SETAFFINITY,
          fails(EPERM),
          outsider,
          8,
          new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
      for (String file : List.of("environ", "mem", "cmdline", "fd/0")) {
        byte[] name = path("/proc/" + outsider + "/" + file);
        test.refused(
            "open " + file + " of " + outsider,
            SystemCall.OPENAT,
            fails(EACCES),
            AT_FDCWD,
            name,
            0,
            0);
      }
    }
    for (int denied : SystemCall.deniedWithoutNamespaces(architecture)) {
      test.checks.add(new Check("system call " + denied, fails(EPERM)));
      test.calls.add(new Call(denied, List.of(0, 0, 0, 0)));
    }
    test.refused("not dumpable", SystemCall.PRCTL, fails(EPERM), 4, 0, 0, 0, 0);
    test.refused("another mark", SystemCall.PRLIMIT64, fails(EPERM), 0, 10, new byte[16], 0);
    test.refused("hidden blocks of a file", SystemCall.FALLOCATE, fails(EOPNOTSUPP), 1, 1, 0, 4096);
    test.refused(
        "times of a file by name", SystemCall.UTIMENSAT, fails(EPERM), AT_FDCWD, path("/"), 0, 0);
    test.privileges();
    test.systemCalls();
    test.files(hostFiles, EACCES);
    test.check(
        "write to its own directory",
        Set.of(3L),
        SystemCall.OPENAT,
        AT_FDCWD,
        path("probe"),
        WRITE_NEW_FILE,
        0600);
    return test;
  }

  private void descriptors() {
    for (int descriptor = 3; descriptor < SOME_DESCRIPTORS; descriptor++) {
      refused("inherited descriptor " + descriptor, SystemCall.FCNTL, fails(EBADF), descriptor, 1);
    }
  }

  private void privileges() {
    check("no_new_privs", Set.of(1L), SystemCall.PRCTL, 39, 0, 0, 0, 0);
    check("seccomp filter in force", Set.of(2L), SystemCall.PRCTL, 21, 0, 0, 0, 0);
    refused("become root", SystemCall.SETRESUID, fails(EPERM, EINVAL), 0, 0, 0);
  }

  private void systemCalls() {
    refused("ptrace", SystemCall.PTRACE, fails(EPERM), 0, 0, 0, 0);
    refused("process_vm_readv", SystemCall.PROCESS_VM_READV, fails(EPERM), 1, 0, 0, 0, 0);
    refused("keyctl", SystemCall.KEYCTL, fails(EPERM), 0, -3, 0);
    refused("io_uring", SystemCall.IO_URING_SETUP, fails(EPERM), 1, 0);
    refused("bpf", SystemCall.BPF, fails(EPERM), 0, 0, 0);
    refused("perf_event_open", SystemCall.PERF_EVENT_OPEN, fails(EPERM), 0, 0, 0, 0, 0);
    refused("userfaultfd", SystemCall.USERFAULTFD, fails(EPERM), 1);
    refused("mount", SystemCall.MOUNT, fails(EPERM), 0, 0, 0, 0, 0);
    refused("unshare", SystemCall.UNSHARE, fails(EPERM), 0x10000000);
    refused("clone of a namespace", SystemCall.CLONE, fails(EPERM), 0x10000011, 0, 0, 0, 0);
    refused("clone3", SystemCall.CLONE3, fails(ENOSYS), 0, 0);
    refused("terminal injection", SystemCall.IOCTL, fails(EPERM), 0, 0x5412, 0);
    refused("limits of process 1", SystemCall.PRLIMIT64, fails(EPERM), 1, 7, 0, 0);
    refused("chroot", SystemCall.CHROOT, fails(EPERM), path("/"));
    refused(
        "device node",
        SystemCall.MKNODAT,
        fails(EPERM, EACCES),
        AT_FDCWD,
        path("node"),
        0x21B6,
        0x103);
  }

  private void files(List<Path> hostFiles, int answer) {
    for (String directory : List.of("/", "/usr/", "/etc/", "/box/", "/dev/")) {
      refused(
          "write to " + directory,
          SystemCall.OPENAT,
          fails(EROFS, EACCES, ENOENT),
          AT_FDCWD,
          path(directory + "quarterdeck-probe"),
          WRITE_NEW_FILE,
          0600);
    }
    for (String file : List.of("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger")) {
      refused(
          "write to " + file,
          SystemCall.OPENAT,
          fails(EROFS, EACCES, ENOENT),
          AT_FDCWD,
          path(file),
          1,
          0);
    }
    for (String file : List.of("/proc/1/environ", "/proc/1/mem", "/proc/1/fd/6")) {
      refused(
          "open " + file,
          SystemCall.OPENAT,
          fails(EACCES, ENOENT, EPERM),
          AT_FDCWD,
          path(file),
          0,
          0);
    }
    for (Path file : hostFiles) {
      refused(
          "host file " + file,
          SystemCall.OPENAT,
          fails(ENOENT, answer),
          AT_FDCWD,
          path(file.toString()),
          0,
          0);
    }
  }

  private static Set<Long> fails(int... errors) {
    return java.util.Arrays.stream(errors)
        .mapToObj(error -> (long) -error)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  private void refused(String name, SystemCall call, Set<Long> accepted, Object... arguments) {
    check(name, accepted, call, arguments);
  }

  private void check(String name, Set<Long> accepted, SystemCall call, Object... arguments) {
    checks.add(new Check(name, accepted));
    calls.add(new Call(call.number(architecture), List.of(arguments)));
  }

  private static byte[] path(String path) {
    return (path + "\0").getBytes(StandardCharsets.UTF_8);
  }

  /// The program to run in the sandbox.
  byte[] program() {
    return ProbeProgram.assemble(architecture, calls);
  }

  /// Number of things tried.
  int size() {
    return checks.size();
  }

  /// What the program's output shows to be open; empty when every defence holds.
  List<String> failures(byte[] output) {
    int stride = ProbeProgram.stride(architecture);
    if (output.length != checks.size() * stride) {
      return List.of(
          "the self-test program gave "
              + output.length / stride
              + " of "
              + checks.size()
              + " answers");
    }
    ByteBuffer values = ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      long value = values.getLong((checks.size() - 1 - i) * stride);
      if (!check.accepted().contains(value)) {
        failures.add(
            check.name()
                + ": the kernel answered "
                + value
                + " (expected: "
                + check.accepted()
                + ")");
      }
    }
    return failures;
  }
}
