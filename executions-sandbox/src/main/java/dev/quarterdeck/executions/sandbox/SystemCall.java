package dev.quarterdeck.executions.sandbox;

import java.util.Arrays;
import java.util.List;

/// System calls that the filter or the self-test name, with their numbers; -1 where an architecture
/// has no such call. Source: `asm/unistd_64.h` and `asm-generic/unistd.h` of Linux.
enum SystemCall {
  PTRACE(101, 117, true),
  PROCESS_VM_READV(310, 270, true),
  PROCESS_VM_WRITEV(311, 271, true),
  PIDFD_GETFD(438, 438, true),
  KCMP(312, 272, true),
  PROCESS_MADVISE(440, 440, true),
  PROCESS_MRELEASE(448, 448, true),
  MOUNT(165, 40, true),
  UMOUNT2(166, 39, true),
  PIVOT_ROOT(155, 41, true),
  CHROOT(161, 51, true),
  OPEN_TREE(428, 428, true),
  MOVE_MOUNT(429, 429, true),
  FSOPEN(430, 430, true),
  FSCONFIG(431, 431, true),
  FSMOUNT(432, 432, true),
  FSPICK(433, 433, true),
  MOUNT_SETATTR(442, 442, true),
  UNSHARE(272, 97, true),
  SETNS(308, 268, true),
  BPF(321, 280, true),
  PERF_EVENT_OPEN(298, 241, true),
  USERFAULTFD(323, 282, true),
  IO_URING_SETUP(425, 425, true),
  IO_URING_ENTER(426, 426, true),
  IO_URING_REGISTER(427, 427, true),
  KEYCTL(250, 219, true),
  ADD_KEY(248, 217, true),
  REQUEST_KEY(249, 218, true),
  KEXEC_LOAD(246, 104, true),
  KEXEC_FILE_LOAD(320, 294, true),
  INIT_MODULE(175, 105, true),
  FINIT_MODULE(313, 273, true),
  DELETE_MODULE(176, 106, true),
  CREATE_MODULE(174, -1, true),
  GET_KERNEL_SYMS(177, -1, true),
  QUERY_MODULE(178, -1, true),
  SETTIMEOFDAY(164, 170, true),
  CLOCK_SETTIME(227, 112, true),
  CLOCK_ADJTIME(305, 266, true),
  ADJTIMEX(159, 171, true),
  NAME_TO_HANDLE_AT(303, 264, true),
  OPEN_BY_HANDLE_AT(304, 265, true),
  SYSLOG(103, 116, true),
  QUOTACTL(179, 60, true),
  QUOTACTL_FD(443, 443, true),
  SWAPON(167, 224, true),
  SWAPOFF(168, 225, true),
  REBOOT(169, 142, true),
  SETHOSTNAME(170, 161, true),
  SETDOMAINNAME(171, 162, true),
  ACCT(163, 89, true),
  USELIB(134, -1, true),
  NFSSERVCTL(180, 42, true),
  SYSCTL(156, -1, true),
  SYSFS(139, -1, true),
  USTAT(136, -1, true),
  VHANGUP(153, 58, true),
  IOPL(172, -1, true),
  IOPERM(173, -1, true),
  LOOKUP_DCOOKIE(212, 18, true),
  MBIND(237, 235, true),
  SET_MEMPOLICY(238, 237, true),
  MIGRATE_PAGES(256, 238, true),
  MOVE_PAGES(279, 239, true),
  SET_MEMPOLICY_HOME_NODE(450, 450, true),
  GET_MEMPOLICY(239, 236, true),
  FANOTIFY_INIT(300, 262, true),
  FANOTIFY_MARK(301, 263, true),
  MEMFD_SECRET(447, 447, true),
  CLONE(56, 220, false),
  CLONE3(435, 435, false),
  SOCKET(41, 198, false),
  SOCKETPAIR(53, 199, false),
  IOCTL(16, 29, false),
  PERSONALITY(135, 92, false),
  PRLIMIT64(302, 261, false),
  CONNECT(42, 203, false),
  OPENAT(257, 56, false),
  PRCTL(157, 167, false),
  WRITE(1, 64, false),
  FCNTL(72, 25, false),
  EXIT_GROUP(231, 94, false),
  GETUID(102, 174, false),
  KILL(62, 129, false),
  MKNODAT(259, 33, false),
  SETRESUID(117, 147, false),
  CAPSET(126, 91, false),
  READ(0, 63, false),
  WAIT4(61, 260, false),
  WAITID(247, 95, false),
  SETRLIMIT(160, 164, false),
  UTIMENSAT(280, 88, false),
  FALLOCATE(285, 47, false),
  SETPRIORITY(141, 140, false),
  SCHED_SETAFFINITY(203, 122, false),
  SCHED_SETSCHEDULER(144, 119, false),
  SCHED_SETPARAM(142, 118, false),
  SCHED_SETATTR(314, 274, false);

  /// Refused as well where no namespace and no mount holds a program: what reaches a file by its
  /// name past Landlock, objects that are the whole host's, sockets, and descriptors that hide.
  private static final int[][] WITHOUT_NAMESPACES = {
    // chmod, fchmodat, fchmodat2, chown, lchown, fchownat: what works by descriptor is left.
    {90, -1},
    {268, 53},
    {452, 452},
    {92, -1},
    {94, -1},
    {260, 54},
    // set and remove of extended attributes, by name, link, descriptor and directory; file_setattr
    {188, 5},
    {189, 6},
    {190, 7},
    {197, 14},
    {198, 15},
    {199, 16},
    {463, 463},
    {466, 466},
    {469, 469},
    // utime, utimes, futimesat; inotify_init, inotify_init1, inotify_add_watch
    {132, -1},
    {235, -1},
    {261, -1},
    {253, -1},
    {294, 26},
    {254, 27},
    // shmget, shmat, shmctl, semget, semop, semctl, semtimedop, msgget, msgsnd, msgrcv, msgctl
    {29, 194},
    {30, 196},
    {31, 195},
    {64, 190},
    {65, 193},
    {66, 191},
    {220, 192},
    {68, 186},
    {69, 189},
    {70, 188},
    {71, 187},
    // mq_open, mq_unlink; connect, bind, sendmsg, sendmmsg; ioprio_set; statmount, listmount
    {240, 180},
    {241, 181},
    {42, 203},
    {49, 200},
    {46, 211},
    {307, 269},
    {251, 30},
    {457, 457},
    {458, 458},
  };

  private final int x86;
  private final int arm;

  /// Whether the filter refuses it whatever its arguments.
  final boolean denied;

  SystemCall(int x86, int arm, boolean denied) {
    this.x86 = x86;
    this.arm = arm;
    this.denied = denied;
  }

  int number(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> x86;
      case AARCH64 -> arm;
    };
  }

  /// Numbers of the calls that are refused as well where there are no namespaces.
  static List<Integer> deniedWithoutNamespaces(Architecture architecture) {
    int column = architecture == Architecture.X86_64 ? 0 : 1;
    return Arrays.stream(WITHOUT_NAMESPACES)
        .map(numbers -> numbers[column])
        .filter(number -> number >= 0)
        .toList();
  }

  /// Numbers of all calls that the filter refuses whatever their arguments.
  static List<Integer> deniedNumbers(Architecture architecture) {
    return Arrays.stream(values())
        .filter(call -> call.denied)
        .map(call -> call.number(architecture))
        .filter(number -> number >= 0)
        .toList();
  }
}
