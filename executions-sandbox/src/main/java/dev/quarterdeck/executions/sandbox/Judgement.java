package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.executions.SignalNames;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.executions.sandbox.StageReport.End;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The verdict on a run and what it rests on.
record Judgement(Verdict verdict, OptionalInt exitCode, OptionalInt signal, String evidence) {
  private static final int SIGXCPU = 24;
  private static final int SIGXFSZ = 25;

  /// Why the sandbox itself ended a program.
  enum KillReason {
    CANCELLED,
    WALL_TIME,
    CPU_TIME,
    MEMORY,
    OUTPUT,
    FILES,
    DISK,
    PROCESSES,
    CLOSED
  }

  /// What is known of a run that is over.
  ///
  /// @param killed why we killed it, if we did
  /// @param enforcer what counted: `cgroup v1`, or `watchdog`
  /// @param refusedForks times that a new process was refused
  /// @param mostProcesses most processes that were seen at once, where only that keeps the limit
  /// @param mostFiles most files that were seen at once
  /// @param mostBytes most bytes on disk that were seen at once, where only that keeps the limit
  /// @param diskFull whether its file system was seen full
  /// @param complaint how the sandbox ended, if it did so before the program
  record Facts(
      Optional<KillReason> killed,
      StageReport report,
      RunLimits limits,
      Duration compileTime,
      Duration wallTime,
      Duration cpuTime,
      long peakBytes,
      long oomKills,
      long refusedForks,
      long mostProcesses,
      long mostFiles,
      long mostBytes,
      boolean diskFull,
      boolean truncated,
      String enforcer,
      String complaint) {
    boolean compileFailed() {
      return report.compile().isPresent() && report.compile().get().number() != 0;
    }
  }

  static Judgement of(Facts facts) {
    Optional<End> end = facts.compileFailed() ? facts.report().compile() : facts.report().run();
    if (facts.truncated()) {
      return judge(
          Verdict.OUTPUT_LIMIT,
          end,
          "output limit " + facts.limits().outputBytes() + " bytes per stream, exceeded (reader)");
    }
    // A report means that the program had ended before our signal could matter.
    if (facts.killed().isPresent() && end.isEmpty()) {
      return killed(facts.killed().get(), facts);
    }
    if (end.isEmpty() && facts.report().filesLost() && facts.oomKills() == 0) {
      return judge(
          Verdict.DISK_LIMIT,
          end,
          "disk limit "
              + facts.limits().diskBytes()
              + " bytes, the files of the program did not fit (tmpfs)");
    }
    if (end.isEmpty()) {
      return facts.oomKills() > 0
          ? judge(Verdict.MEMORY_LIMIT, end, memory(facts))
          : judge(Verdict.SANDBOX_ERROR, end, failure(facts));
    }
    Optional<KillReason> over = seenOver(facts);
    if (over.isPresent()) {
      return killed(over.get(), facts);
    }
    return facts.compileFailed() ? compile(end.get(), facts) : ended(end.get(), facts);
  }

  /// A limit that only looking keeps, and that was seen exceeded when the program had ended.
  private static Optional<KillReason> seenOver(Facts facts) {
    if (facts.mostProcesses() > facts.limits().processes()) {
      return Optional.of(KillReason.PROCESSES);
    }
    boolean full = facts.mostBytes() > facts.limits().diskBytes();
    return full ? Optional.of(KillReason.DISK) : Optional.empty();
  }

  private static Judgement killed(KillReason reason, Facts facts) {
    boolean compiling = facts.report().compile().isEmpty() && facts.compileTime().isPositive();
    return switch (reason) {
      case CANCELLED -> judge(Verdict.CANCELLED, Optional.empty(), "cancelled by its owner");
      case CLOSED -> judge(Verdict.SANDBOX_ERROR, Optional.empty(), "the sandbox was closed");
      case OUTPUT ->
          judge(Verdict.SANDBOX_ERROR, Optional.empty(), "the receiver of the output failed");
      case FILES ->
          judge(
              Verdict.DISK_LIMIT,
              Optional.empty(),
              "files limit "
                  + facts.limits().files()
                  + ", had "
                  + facts.mostFiles()
                  + " (watchdog)");
      case DISK ->
          judge(
              Verdict.DISK_LIMIT,
              Optional.empty(),
              "disk limit "
                  + facts.limits().diskBytes()
                  + " bytes, had "
                  + facts.mostBytes()
                  + " (watchdog)");
      case PROCESSES ->
          judge(
              Verdict.PROCESS_LIMIT,
              Optional.empty(),
              "process limit "
                  + facts.limits().processes()
                  + ", had "
                  + facts.mostProcesses()
                  + " (watchdog)");
      case MEMORY -> judge(Verdict.MEMORY_LIMIT, Optional.empty(), memory(facts));
      case WALL_TIME, CPU_TIME ->
          compiling
              ? judge(
                  Verdict.COMPILE_ERROR,
                  Optional.empty(),
                  "time limit of the compiler " + text(facts.compileTime()) + " (killed)")
              : reason == KillReason.WALL_TIME
                  ? judge(Verdict.WALL_TIME_LIMIT, Optional.empty(), wall(facts))
                  : judge(Verdict.CPU_TIME_LIMIT, Optional.empty(), cpu(facts));
    };
  }

  private static Judgement compile(End end, Facts facts) {
    Optional<End> ended = Optional.of(end);
    if (facts.oomKills() > 0) {
      return judge(Verdict.MEMORY_LIMIT, ended, "while compiling: " + memory(facts));
    }
    return judge(Verdict.COMPILE_ERROR, ended, "the compiler ended with " + text(end));
  }

  private static Judgement ended(End end, Facts facts) {
    Optional<End> ended = Optional.of(end);
    if (end.number() == 0) {
      return judge(Verdict.COMPLETED, ended, "exit code 0 (wait status)");
    }
    if (facts.oomKills() > 0) {
      return judge(Verdict.MEMORY_LIMIT, ended, memory(facts));
    }
    if (end.signalled()
        && (end.number() == SIGXCPU || end.number() == 9)
        && facts.cpuTime().compareTo(facts.limits().cpuTime()) >= 0) {
      return judge(Verdict.CPU_TIME_LIMIT, ended, cpu(facts));
    }
    if (facts.refusedForks() > 0) {
      return judge(
          Verdict.PROCESS_LIMIT,
          ended,
          "process limit "
              + facts.limits().processes()
              + ", refused "
              + facts.refusedForks()
              + " times ("
              + facts.enforcer()
              + "), then "
              + text(end));
    }
    if (facts.diskFull() || facts.report().diskFull()) {
      return judge(
          Verdict.DISK_LIMIT,
          ended,
          "disk limit "
              + facts.limits().diskBytes()
              + " bytes, none left (tmpfs), then "
              + text(end));
    }
    if (end.signalled() && end.number() == SIGXFSZ) {
      return judge(
          Verdict.DISK_LIMIT,
          ended,
          "file size limit " + facts.limits().fileBytes() + " bytes (SIGXFSZ)");
    }
    return judge(
        end.signalled() ? Verdict.SIGNALLED : Verdict.FAILED, ended, text(end) + " (wait status)");
  }

  private static Judgement judge(Verdict verdict, Optional<End> end, String evidence) {
    OptionalInt exit = OptionalInt.empty();
    OptionalInt signal = OptionalInt.empty();
    if (end.isPresent()) {
      OptionalInt number = OptionalInt.of(end.get().number());
      exit = end.get().signalled() ? exit : number;
      signal = end.get().signalled() ? number : signal;
    }
    return new Judgement(verdict, exit, signal, evidence);
  }

  private static String memory(Facts facts) {
    return "memory limit "
        + facts.limits().memoryBytes()
        + " bytes, peak "
        + facts.peakBytes()
        + (facts.oomKills() > 0 ? ", oom_kill " + facts.oomKills() : "")
        + " ("
        + facts.enforcer()
        + ")";
  }

  private static String wall(Facts facts) {
    return "wall time limit "
        + text(facts.limits().wallTime())
        + ", ran "
        + text(facts.wallTime())
        + " (killed)";
  }

  private static String cpu(Facts facts) {
    return "CPU time limit "
        + text(facts.limits().cpuTime())
        + ", used "
        + text(facts.cpuTime())
        + " ("
        + facts.enforcer()
        + ")";
  }

  private static String failure(Facts facts) {
    return "the sandbox ended with " + facts.complaint();
  }

  private static String text(End end) {
    return end.signalled()
        ? "signal " + end.number() + " (" + SignalNames.of(end.number()) + ")"
        : "exit code " + end.number();
  }

  private static String text(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
