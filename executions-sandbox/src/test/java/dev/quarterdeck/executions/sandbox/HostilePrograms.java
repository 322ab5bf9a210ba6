package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Programs that attack the sandbox. Those that only probe print `contained` for each attempt that
/// was refused and `ESCAPED` for one that was not.
final class HostilePrograms {
  /// One program.
  ///
  /// @param verdicts the acceptable verdicts
  /// @param evidence what the evidence must contain, at either level
  record Hostile(
      String name, String language, String source, Set<Verdict> verdicts, String evidence) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String PRELUDE =
      """
      import ctypes, os, signal, socket, sys, time
      libc = ctypes.CDLL(None, use_errno=True)
      def call(number, *arguments):
          result = libc.syscall(number, *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
          if result == -1: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
          return result
      def attempt(name, f, *arguments):
          try: result = f(*arguments)
          except OSError as e: print("contained", name, e.errno)
          else: print("ESCAPED", name, result)
      """;

  private final List<Hostile> programs = new ArrayList<>();
  private final Architecture architecture = Architecture.host().orElseThrow();

  private HostilePrograms() {}

  /// All programs.
  ///
  /// @param secret path of a file of the server on the host
  /// @param port where the host listens on its loopback
  static List<Hostile> all(String secret, int port) {
    HostilePrograms made = new HostilePrograms();
    made.resources();
    made.survivors();
    made.systemCalls();
    made.files(secret);
    made.network(port);
    made.forgeries();
    return List.copyOf(made.programs);
  }

  private void resources() {
    ends("fork bomb", Verdict.PROCESS_LIMIT, "process limit 32", "while True: os.fork()");
    ends(
        "memory bomb",
        Verdict.MEMORY_LIMIT,
        "memory limit",
        "a = []\nwhile True: a.append(bytearray(1 << 20))");
    ends(
        "memory bomb of 20 children",
        Verdict.MEMORY_LIMIT,
        "memory limit",
        """
        for i in range(20):
            if os.fork() == 0:
                a = bytearray(b"x") * (8 << 20)
                time.sleep(20)
                os._exit(0)
        for i in range(20):
            if os.wait()[1] != 0: sys.exit(1)
        """);
    ends(
        "memory bomb by mmap shared",
        Verdict.MEMORY_LIMIT,
        "memory limit",
        """
        import mmap
        m = mmap.mmap(-1, 512 << 20)
        for i in range(0, 512 << 20, 4096): m[i] = 1
        time.sleep(20)
        """);
    ends(
        "disk fill",
        Verdict.DISK_LIMIT,
        "disk limit",
        "for i in range(99): open('/tmp/f%d' % i, 'wb').write(b'x' * (1 << 20))");
    ends(
        "file too large",
        Verdict.DISK_LIMIT,
        "file size limit",
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open('/tmp/f', 'wb').write(b'x' * (9 <<"
            + " 20))");
    ends(
        "inode flood",
        Verdict.DISK_LIMIT,
        "files limit 500",
        "for i in range(300000): open('/tmp/f%d' % i, 'w').close()\ntime.sleep(20)");
    ends(
        "directory flood in shm",
        Verdict.DISK_LIMIT,
        "files limit 500",
        "for i in range(300000): os.mkdir('/dev/shm/d%d' % i)\ntime.sleep(20)");
    ends(
        "output flood on stdout",
        Verdict.OUTPUT_LIMIT,
        "output limit",
        "while True: os.write(1, b'x' * 65536)");
    ends(
        "output flood on stderr",
        Verdict.OUTPUT_LIMIT,
        "output limit",
        "while True: os.write(2, b'x' * 65536)");
    ends("endless loop", Verdict.CPU_TIME_LIMIT, "CPU time limit", "while True: pass");
    ends(
        "endless loop in children",
        Verdict.CPU_TIME_LIMIT,
        "CPU time limit",
        "os.fork(); os.fork()\nwhile True: pass");
    ends(
        "sleep that ignores signals",
        Verdict.WALL_TIME_LIMIT,
        "wall time limit",
        "for s in (1, 2, 15): signal.signal(s, signal.SIG_IGN)\nwhile True: time.sleep(99)");
    ends("stops itself", Verdict.WALL_TIME_LIMIT, "wall time limit", "os.kill(0, signal.SIGSTOP)");
  }

  private void survivors() {
    ends(
        "double-forked daemon",
        Verdict.COMPLETED,
        "exit code 0",
        """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for s in (1, 2, 15): signal.signal(s, signal.SIG_IGN)
                time.sleep(600)
            os._exit(0)
        """);
    ends(
        "swarm of daemons",
        Verdict.COMPLETED,
        "exit code 0",
        """
        for i in range(20):
            if os.fork() == 0:
                os.setsid()
                time.sleep(600)
        """);
    ends("kill(-1)", Verdict.COMPLETED, "exit code 0", "attempt('kill all', os.kill, -1, 9)");
    ends(
        "signals to process 1",
        Verdict.COMPLETED,
        "exit code 0",
        "for s in range(1, 65):\n"
            + "    try: os.kill(1, s)\n"
            + "    except OSError: pass\n"
            + "print('contained')");
    ends(
        "core dump",
        Verdict.SIGNALLED,
        "signal 11",
        "import faulthandler; os.kill(os.getpid(), 11)");
  }

  private void systemCalls() {
    probes("ptrace of process 1", syscall(SystemCall.PTRACE, "16, 1, 0, 0"));
    probes("process_vm_readv", syscall(SystemCall.PROCESS_VM_READV, "1, 0, 0, 0, 0, 0"));
    probes("mount", syscall(SystemCall.MOUNT, "b'none', b'/tmp', b'tmpfs', 0, 0"));
    probes("unshare", syscall(SystemCall.UNSHARE, "0x10000000"));
    probes("new user namespace by clone", syscall(SystemCall.CLONE, "0x10000011, 0, 0, 0, 0"));
    probes(
        "keyctl",
        syscall(SystemCall.KEYCTL, "0, -3, 0")
            + syscall(SystemCall.ADD_KEY, "b'user', b'k', b'v', 1, -3"));
    probes("io_uring", syscall(SystemCall.IO_URING_SETUP, "1, ctypes.create_string_buffer(200)"));
    probes(
        "bpf, perf, userfaultfd",
        syscall(SystemCall.BPF, "0, 0, 0")
            + syscall(SystemCall.PERF_EVENT_OPEN, "0, 0, 0, 0, 0")
            + syscall(SystemCall.USERFAULTFD, "1"));
    probes(
        "limits of process 1",
        syscall(SystemCall.PRLIMIT64, "1, 7, ctypes.create_string_buffer(16), 0"));
    probes(
        "become root",
        "attempt('setuid', os.setuid, 0)\nattempt('setgroups', os.setgroups, [0])\n"
            + "os.system('su -c id root </dev/null')\n");
    probes(
        "device node",
        "import stat\n"
            + "attempt('mknod', os.mknod, '/tmp/n', 0o600 | stat.S_IFCHR, os.makedev(1, 1))\n");
    probes(
        "raise own limits",
        "import resource\n"
            + "for l in (resource.RLIMIT_CPU, resource.RLIMIT_NPROC, resource.RLIMIT_CORE):\n"
            + "    try: resource.setrlimit(l, (resource.RLIM_INFINITY, resource.RLIM_INFINITY));"
            + " print('ESCAPED', l)\n"
            + "    except (OSError, ValueError): print('contained')\n");
    probes(
        "vsock, packet and raw sockets",
        "attempt('vsock', socket.socket, 40, socket.SOCK_STREAM)\n"
            + "attempt('packet', socket.socket, 17, socket.SOCK_RAW)\n"
            + "attempt('raw', socket.socket, socket.AF_INET, socket.SOCK_RAW, 1)\n");
  }

  private void files(String secret) {
    probes(
        "files of the host",
        "for p in ('/etc/shadow', '"
            + secret
            + "', '/root', '/home', '/var', '/run', '/sys', '/boot', '/work'):\n"
            + "    attempt(p, os.stat, p)\n");
    probes(
        "environments",
        "for p in os.listdir('/proc'):\n"
            + "    if p.isdigit():\n"
            + "        try: e = open('/proc/' + p + '/environ').read()\n"
            + "        except OSError: print('contained'); continue\n"
            + "        print('ESCAPED' if 'QUARTERDECK' in e or 'JAVA' in e or 'SECRET' in e else"
            + " 'contained')\n");
    probes(
        "process 1",
        "for f in ('environ', 'mem', 'maps', 'fd/6', 'root', 'cwd'): attempt(f, os.open, '/proc/1/'"
            + " + f, os.O_RDONLY)\n"
            + "attempt('fds', os.listdir, '/proc/1/fd')\n"
            + "attempt('write', os.open, '/proc/1/mem', os.O_RDWR)\n");
    probes(
        "writes to the system",
        "for p in ('/proc/sys/kernel/core_pattern', '/proc/sys/vm/drop_caches',"
            + " '/proc/sysrq-trigger', '/proc/1/oom_score_adj'):\n"
            + "    attempt(p, os.open, p, os.O_WRONLY)\n"
            + "for p in ('/x', '/usr/x', '/etc/x', '/box/x', '/dev/x', '/bin/x', '/.stage/x'):\n"
            + "    attempt(p, os.open, p, os.O_WRONLY | os.O_CREAT)\n"
            + "attempt('chmod', os.chmod, '/.stage/sh', 0o755)\n"
            + "attempt('unlink', os.unlink, '/box/main.py')\n");
    probes(
        "inherited descriptors",
        "f = [d for d in os.listdir('/proc/self/fd') if int(d) > 3]\n"
            + "print('ESCAPED' if f else 'contained', f)\n");
    probes(
        "symbolic links",
        "os.symlink('/etc/shadow', '/tmp/a')\nos.symlink('"
            + secret
            + "', '/tmp/report')\n"
            + "attempt('a', open, '/tmp/a')\nattempt('report', open, '/tmp/report', 'a')\n");
    probes(
        "own oom score",
        "attempt('oom', lambda: os.write(os.open('/proc/self/oom_score_adj', os.O_WRONLY),"
            + " b'-1000'))\n");
  }

  private void network(int port) {
    probes(
        "loopback of the host",
        "attempt('tcp', socket.create_connection, ('127.0.0.1', " + port + "), 2)\n");
    probes(
        "other networks",
        "attempt('tcp', socket.create_connection, ('192.0.2.1', 80), 2)\n"
            + "attempt('udp', lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x',"
            + " ('8.8.8.8', 53)))\n"
            + "attempt('v6', socket.create_connection, ('::1', "
            + port
            + "), 2)\n");
    probes(
        "unix sockets of the host",
        "for p in ('/run/dbus/system_bus_socket', '/var/run/docker.sock', '\\0/tmp/.X11-unix/X0',"
            + " '\\0quarterdeck'):\n"
            + "    attempt(p.strip('\\0'), lambda: socket.socket(socket.AF_UNIX).connect(p))\n");
  }

  private void forgeries() {
    ends(
        "forged report",
        Verdict.FAILED,
        "exit code 3",
        """
        for d in range(3, 256):
            try: os.write(d, b"run 0\\n")
            except OSError: pass
        print("run 0"); sys.stderr.write("run 0\\n[1] + Done\\n")
        for p in ("/proc/1/fd/6", "/proc/1/fd/2"):
            try: open(p, "w").write("run 0\\n")
            except OSError: print("contained")
        os._exit(3)
        """);
    ends("exit code that looks like SIGKILL", Verdict.FAILED, "exit code 137", "os._exit(137)");
    ends(
        "replaced program file",
        Verdict.COMPLETED,
        "exit code 0",
        "attempt('replace', os.rename, '/box/main.py', '/box/x')\n"
            + "attempt('mount over', os.rename, '/box', '/tmp/box')");
  }

  private String syscall(SystemCall call, String arguments) {
    return "attempt('" + call + "', call, " + call.number(architecture) + ", " + arguments + ")\n";
  }

  private void probes(String name, String body) {
    programs.add(
        new Hostile(name, "python", PRELUDE + body, Set.of(Verdict.COMPLETED), "exit code 0"));
  }

  private void ends(String name, Verdict verdict, String evidence, String body) {
    programs.add(new Hostile(name, "python", PRELUDE + body, Set.of(verdict), evidence));
  }
}
