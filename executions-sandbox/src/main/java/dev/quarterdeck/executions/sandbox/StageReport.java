package dev.quarterdeck.executions.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the stage reported: see [Stage].
///
/// @param compile how the compiler ended
/// @param built exit code of what packed the compiler's work, when it was packed
/// @param run how the program ended
/// @param cpuTime of the program, else of its compiler, with all that these waited for; zero when
///   the stage did not get to say
/// @param filesLost whether the files of the program did not fit
/// @param diskFull whether the file system of the program was full after it failed
record StageReport(
    Optional<End> compile,
    Optional<Integer> built,
    Optional<End> run,
    Duration cpuTime,
    boolean filesLost,
    boolean diskFull) {
  /// How a process ended.
  ///
  /// @param signalled whether a signal ended it; then the number is the signal's, else the exit
  ///   code
  record End(boolean signalled, int number) {}

  /// The beginning of a line of `jobs` for a process that exited by itself.
  private static final Pattern EXITED = Pattern.compile("\\[[0-9]+] *[+-]? *(Done|Exit)\\b");

  private static final long FULL_BELOW_BYTES = 64 << 10;

  static StageReport parse(List<String> lines) {
    Optional<End> compile = Optional.empty();
    Optional<Integer> built = Optional.empty();
    Optional<End> run = Optional.empty();
    Duration cpuTime = Duration.ZERO;
    Duration beforeRun = Duration.ZERO;
    boolean filesLost = false;
    boolean diskFull = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
      // The first line of each kind is the stage's own; whatever a shell prints later is not.
      if (line.startsWith("files ")) {
        filesLost |= compile.isEmpty() && run.isEmpty();
      } else if (line.startsWith("compile ") && compile.isEmpty() && run.isEmpty()) {
        compile = Optional.of(end(line.substring(8), next));
      } else if (line.startsWith("built ") && built.isEmpty() && run.isEmpty()) {
        built = Optional.of(Integer.parseInt(line.substring(6).strip()));
      } else if (line.startsWith("run ") && run.isEmpty()) {
        run = Optional.of(end(line.substring(4), next));
        beforeRun = cpuTime;
      } else if (line.startsWith("disk ")) {
        diskFull |= isFull(line.substring(5));
      } else if (line.matches("[0-9]+m[0-9.]+s [0-9]+m[0-9.]+s")) {
        // Two lines of this form: the shell's own time, then its children's.
        cpuTime = times(line);
      }
    }
    Duration left = cpuTime.minus(beforeRun);
    Duration own = left.isNegative() ? Duration.ZERO : left;
    return new StageReport(compile, built, run, own, filesLost, diskFull);
  }

  /// The same with what the kernel told of all processes together, when the stage was killed before
  /// it could say anything.
  StageReport orElse(Duration ofAll) {
    return compile.isEmpty() && cpuTime.isZero()
        ? new StageReport(compile, built, run, ofAll, filesLost, diskFull)
        : this;
  }

  /// The same of a program that came to a sandbox which had used some time before.
  StageReport later(long nanos) {
    Duration left = cpuTime.minusNanos(nanos);
    Duration own = left.isNegative() ? Duration.ZERO : left;
    return new StageReport(compile, built, run, own, filesLost, diskFull);
  }

  private static End end(String status, String job) {
    int number = Integer.parseInt(status.strip());
    boolean exited = number <= 128 || EXITED.matcher(job).lookingAt();
    return exited ? new End(false, number) : new End(true, number - 128);
  }

  private static boolean isFull(String numbers) {
    String[] parts = numbers.split(" ", 3);
    return Long.parseLong(parts[0]) * Long.parseLong(parts[1]) < FULL_BELOW_BYTES
        || Long.parseLong(parts[2]) == 0;
  }

  private static Duration times(String line) {
    double seconds = 0;
    for (String time : line.split(" ", 2)) {
      int m = time.indexOf('m');
      seconds +=
          60.0 * Integer.parseInt(time.substring(0, m))
              + Double.parseDouble(time.substring(m + 1, time.length() - 1));
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
