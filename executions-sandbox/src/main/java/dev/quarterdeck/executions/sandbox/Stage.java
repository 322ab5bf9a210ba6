package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Writes the script of the stage: the shell that is process 1 of a sandbox, sets the limits of the
/// program, starts it, waits for it, and reports how it ended.
///
/// Its report is the only thing that the program could want to forge, so it goes to descriptor 6,
/// which the program does not inherit and cannot open: the stage runs from an executable without
/// read permission, which makes the kernel refuse `/proc/1/{fd,mem,environ}` to everybody in the
/// sandbox. Exit codes and signals are told apart by the shell's `jobs`, not by `$?`, in which exit
/// code 137 and SIGKILL look alike. Every command runs asynchronously since `jobs` knows only such;
/// `env --default-signal` undoes that shells let these ignore SIGINT.
///
/// Descriptors: 4 standard input of the program, 5 its standard error (the stage's own goes to the
/// log), 6 the report; 3 the files that go in and come out, when there are any.
final class Stage {
  /// Processes of a sandbox that are ours: bubblewrap and the stage shell.
  static final int OWN_PROCESSES = 2;

  private static final int OPEN_FILES = 1024;

  /// What the shells and tools of this host can do.
  ///
  /// @param resetsSignals whether `env` knows `--default-signal`
  /// @param countsProcesses whether a control group counts the processes; else the limit of the
  ///   user id must
  record Abilities(boolean resetsSignals, boolean countsProcesses) {}

  private Stage() {}

  static String script(Task task, Abilities abilities) {
    StringBuilder script = new StringBuilder("trap '' INT\n");
    if (task.transfers()) {
      script.append("exec 3<&0 0</dev/null\n");
    }
    if (!task.files().isEmpty()) {
      script.append("tar -xf - -C /tmp <&3 || { echo files $? >&6; exit 0; }\n");
    }
    long inside = TarFile.length(task.files());
    if (task.prebuilt().isPresent()) {
      inside += task.prebuilt().get().archive().length;
      script.append("tar -xf - -C /build <&3 || { echo files $? >&6; exit 0; }\n");
    }
    if (!task.compile().isEmpty()) {
      command(script, task, abilities, true);
      if (task.keeper().isPresent()) {
        script.append("[ $r -eq 0 ] && { ( ulimit -f ");
        script.append((inside + CompileCache.ENTRY_BYTES) / 512);
        // The caches of compilers are of no use to the program.
        script.append(
            "\nexec tar --format=gnu --exclude=./cache --exclude=./go -C /build -cf - . >&3 )");
        script.append("\necho built $? >&6; }\n");
        inside += CompileCache.ENTRY_BYTES;
      }
      // The server has passed on what the compiler wrote before it lets the program begin.
      script.append("[ $r -eq 0 ] && IFS= read -r go <&4 || exit 0\n");
    }
    command(script, task, abilities, false);
    if (!task.out().any()) {
      script.append("[ $r -eq 0 ] && exit 0\n");
    }
    // What is left of the program goes first: it may hold every process that the limit allows.
    script.append("kill -9 -1\n[ $r -eq 0 ] || stat -f -c 'disk %a %S %d' /tmp >&6\n");
    if (task.out().any()) {
      script.append(Collection.script(task.out(), inside));
    }
    return script.toString();
  }

  private static void command(
      StringBuilder script, Task task, Abilities abilities, boolean compile) {
    RunLimits limits = task.limits();
    List<String> words = compile ? task.compile() : task.run();
    Duration cpuTime = compile ? task.compileTime() : limits.cpuTime();
    int processes = processes(limits, abilities);
    script
        .append("( ulimit -c 0\nulimit -n ")
        .append(OPEN_FILES)
        .append("\nulimit -f ")
        .append((limits.fileBytes() + 511) / 512)
        .append("\nulimit -t ")
        .append(cpuTime.toSeconds() + 2)
        .append("\nulimit -p ")
        .append(processes)
        .append(" || ulimit -u ")
        .append(processes)
        .append("\ncd ")
        .append(compile ? "/build" : "/tmp")
        .append("\nexec ");
    boolean variables = !compile && !task.variables().isEmpty();
    if (abilities.resetsSignals() || variables) {
      script.append("/usr/bin/env ");
    }
    if (abilities.resetsSignals()) {
      script.append("--default-signal ");
    }
    if (variables) {
      script.append("-- ");
      task.variables()
          .forEach((name, value) -> script.append(quote(name + "=" + value)).append(' '));
    }
    script.append(words.stream().map(Stage::quote).collect(Collectors.joining(" ")));
    script.append(compile ? " </dev/null >&5 2>&5" : " <&4 2>&5");
    script.append(" 3>&- 4<&- 5>&- 6>&- ) <&4 &\nwait $!\nr=$?\n");
    script.append("echo ").append(compile ? "compile" : "run").append(" $r >&6\n");
    script.append("[ $r -gt 128 ] && jobs >&6\ntimes >&6\n");
  }

  private static int processes(RunLimits limits, Abilities abilities) {
    return limits.processes() + (abilities.countsProcesses() ? 8 : 1);
  }

  /// The same limits for a program without a stage shell, as `number=value` of each `RLIMIT`.
  static String resourceLimits(RunLimits limits, Abilities abilities) {
    return "4=0 7=%d 1=%d 0=%d 6=%d"
        .formatted(
            OPEN_FILES,
            (limits.fileBytes() + 511) / 512 * 512,
            limits.cpuTime().toSeconds() + 2,
            processes(limits, abilities));
  }

  /// One word of a shell command, whatever characters it holds.
  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
