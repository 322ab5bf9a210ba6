package dev.quarterdeck.executions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Gathers the results of the cases of one execution into one outcome: its verdict is that of the
/// first case that did not complete, its times are sums, its memory is the greatest.
final class BatchOutcome {
  private final int wanted;
  private final List<CaseResult> cases = new ArrayList<>();
  private Optional<Compilation> compilation = Optional.empty();
  private Duration wallTime = Duration.ZERO;
  private Duration cpuTime = Duration.ZERO;
  private long peakMemoryBytes;
  private long stdoutBytes;
  private long stderrBytes;
  private boolean stdoutTruncated;
  private boolean stderrTruncated;
  private String level = "none";
  private Optional<End> end = Optional.empty();
  private boolean over;

  private record End(Verdict verdict, OptionalInt exitCode, OptionalInt signal, String evidence) {}

  BatchOutcome(int wanted) {
    this.wanted = wanted;
  }

  /// A case has been run. The first one carries what the compiler wrote.
  void add(RunResult result, long stdout, long stderr, Optional<Boolean> passed) {
    level = result.level();
    wallTime = wallTime.plus(result.wallTime());
    cpuTime = cpuTime.plus(result.cpuTime());
    peakMemoryBytes = Math.max(peakMemoryBytes, result.peakMemoryBytes());
    stdoutBytes += stdout;
    stderrBytes += stderr;
    stdoutTruncated |= result.stdoutTruncated();
    stderrTruncated |= result.stderrTruncated();
    long compilers = result.compilation().map(Compilation::outputBytes).orElse(0L);
    if (cases.isEmpty()) {
      compilation = result.compilation();
    }
    boolean compiled =
        result.verdict() != Verdict.COMPILE_ERROR
            && result.compilation().map(how -> how.exitCode().orElse(1) == 0).orElse(true);
    if (!compiled) {
      end(result, result.evidence());
      over = true;
      return;
    }
    cases.add(CaseResult.of(result, stdout, Math.max(0, stderr - compilers), passed));
    if (result.verdict() == Verdict.CANCELLED) {
      end = Optional.empty();
      over = true;
    }
    if (result.verdict() != Verdict.COMPLETED && end.isEmpty()) {
      end(result, "case %d of %d: %s".formatted(cases.size(), wanted, result.evidence()));
    }
  }

  private void end(RunResult result, String evidence) {
    end = Optional.of(new End(result.verdict(), result.exitCode(), result.signal(), evidence));
  }

  /// Somebody stopped it between two cases.
  void cancelled() {
    end =
        Optional.of(
            new End(
                Verdict.CANCELLED,
                OptionalInt.empty(),
                OptionalInt.empty(),
                "cancelled by its owner"));
    over = true;
  }

  /// The cases that are left do not run.
  void cut(String reason) {
    Verdict verdict = end.map(End::verdict).orElse(Verdict.WALL_TIME_LIMIT);
    end =
        Optional.of(
            new End(
                verdict,
                end.map(End::exitCode).orElse(OptionalInt.empty()),
                end.map(End::signal).orElse(OptionalInt.empty()),
                "%d of %d cases were run: %s".formatted(cases.size(), wanted, reason)));
    over = true;
  }

  boolean over() {
    return over;
  }

  long outputBytes() {
    return stdoutBytes + stderrBytes;
  }

  Outcome outcome() {
    End how =
        end.orElse(
            new End(
                Verdict.COMPLETED,
                OptionalInt.of(0),
                OptionalInt.empty(),
                "all %d cases completed".formatted(wanted)));
    return new Outcome(
        how.verdict(),
        how.exitCode(),
        how.signal(),
        wallTime,
        cpuTime,
        peakMemoryBytes,
        stdoutBytes,
        stderrBytes,
        stdoutTruncated,
        stderrTruncated,
        compilation,
        cases,
        List.of(),
        List.of(),
        List.of(),
        how.evidence(),
        level);
  }
}
