package dev.quarterdeck.executions.sandbox;

import static dev.quarterdeck.executions.sandbox.Defence.*;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// By name of a hostile program: the defences that keep it from succeeding. Where several stand
/// behind one another all are left out.
final class Controls {
  private final Map<String, Set<Defence>> defences = new LinkedHashMap<>();

  private Controls() {}

  static Map<String, Set<Defence>> all() {
    Controls controls = new Controls();
    controls.limits();
    controls.kernel();
    controls.files();
    controls.others();
    return controls.defences;
  }

  private void limits() {
    against(Set.of(PROCESS_COUNT), "fork bomb", "fork bomb of forking children", "thread bomb");
    against(Set.of(CPU_TIME), "endless loop", "endless loop in children");
    against(
        Set.of(CPU_TIME, WALL_TIME),
        "loop that takes turns in children nobody waits for",
        "directory that turns into a FIFO and back");
    against(Set.of(WALL_TIME), "sleep that ignores signals", "SIGSTOP of its own group");
    against(
        Set.of(MEMORY),
        "memory bomb",
        "memory bomb of 20 children",
        "memory bomb by shared mapping",
        "memory bomb by memfd",
        "memory bomb by memfd that nobody maps",
        "memory in pipes",
        "memory in socket buffers",
        "/dev/zero read into memory",
        "memory in files",
        "compiler: #include of /dev/zero",
        "compiler: macro bomb",
        "compiler: template bomb");
    against(
        Set.of(OUTPUT),
        "output flood on stdout",
        "output flood on stderr",
        "output flood through a reopened stream",
        "output flood of children on both streams",
        "compiler: flood of messages");
    against(Set.of(DISK), "disk fill");
    against(Set.of(DISK, MEMORY), "file of 10 GB by fallocate");
    against(Set.of(FILE_SIZE), "file too large", "sparse file of 10 GB");
    against(Set.of(FILE_SIZE, DISK, MEMORY), "compiler: huge object file");
    against(
        Set.of(FILES),
        "million files",
        "million files that cannot be listed",
        "million directories in shared memory",
        "deep directories",
        "million hard links");
    against(Set.of(COMPILE_TIME), "compiler: include bomb");
  }

  private void kernel() {
    against(
        Set.of(SECCOMP),
        "ptrace",
        "memory of other processes",
        "descriptors of other processes",
        "limits of other processes",
        "keyrings",
        "io_uring, userfaultfd, BPF, perf",
        "file handles, fanotify, NUMA",
        "address space without randomness",
        "terminal injection",
        "sockets beyond the network",
        "foreign system call interface");
    against(
        Set.of(SECCOMP, CAPABILITIES, USER_NAMESPACES),
        "mount",
        "mount by the new calls",
        "namespaces by setns");
    against(Set.of(SECCOMP, USER_NAMESPACES), "namespaces by unshare", "namespaces by clone");
    against(Set.of(CAPABILITIES), "capabilities and privileges");
    against(Set.of(USER_ID), "root by user id");
    against(Set.of(SESSION), "session of the host");
    against(Set.of(PROCESS_LIMITS), "core dump", "raises its own limits");
  }

  private void files() {
    against(
        Set.of(HOST_FILES),
        "files of the host",
        "names and sizes of the host's files",
        "symbolic links to the host",
        "way out through a parent directory",
        "compiler: host files by #include and .incbin");
    against(Set.of(DEVICES), "devices");
    against(Set.of(READ_ONLY_ROOT), "writes to the system");
    against(Set.of(READ_ONLY_PROGRAM), "its own program replaced");
    against(Set.of(UNREADABLE_STAGE), "process 1");
    against(Set.of(ENVIRONMENT), "environments");
    against(Set.of(CLOSED_DESCRIPTORS), "inherited descriptors");
  }

  private void others() {
    against(
        Set.of(PROCESSES),
        "double-forked daemon",
        "daemon that lowers its limits",
        "swarm of daemons",
        "daemon that forks anew all the time",
        "kill(-1)",
        "signals to its parent",
        "processes of the host",
        "processes of a parallel run");
    against(Set.of(NETWORK), "loopback of the host", "other networks", "unix sockets of the host");
    against(
        Set.of(FRESH_FILES),
        "files of an earlier run",
        "shared memory and locks of a parallel run");
    against(Set.of(IPC), "System V memory, semaphores and messages of an earlier run");
    against(Set.of(SHARED_MEMORY), "full shared memory");
    against(Set.of(CLOSED_REPORT), "forged report");
    against(Set.of(EXIT_FROM_JOBS), "exit code that looks like SIGKILL");
  }

  private void against(Set<Defence> off, String... programs) {
    for (String program : List.of(programs)) {
      if (defences.put(program, off) != null) {
        throw new IllegalStateException("two controls of: " + program);
      }
    }
  }
}
