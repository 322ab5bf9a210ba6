package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.RunLimits;
import dev.quarterdeck.settings.units.ByteSize;
import dev.quarterdeck.settings.units.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Limits of one run: those of the settings, or less.
final class LimitOptions {
  @Option(
      names = "--time",
      paramLabel = "DURATION",
      description = "Wall time: 500ms, 2s. At most K8S_POD_EXECUTION_TIMEOUT.")
  private @Nullable String time;

  @Option(
      names = "--cpu-time",
      paramLabel = "DURATION",
      description = "Processor time: 500ms, 2s. At most RUN_MAX_CPU_TIME.")
  private @Nullable String cpuTime;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Memory: 64MiB. At most K8S_POD_MEMORY_LIMIT.")
  private @Nullable String memory;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Processes and threads at once. At most RUN_MAX_PROCESSES.")
  private @Nullable Long processes;

  @Option(
      names = "--file-size",
      paramLabel = "SIZE",
      description = "Size of one file. At most RUN_MAX_FILE_SIZE.")
  private @Nullable String fileSize;

  @Option(
      names = "--disk",
      paramLabel = "SIZE",
      description = "Size of all files. At most RUN_MAX_DISK.")
  private @Nullable String disk;

  @Option(
      names = "--max-files",
      paramLabel = "N",
      description = "Number of files and directories. At most RUN_MAX_FILES.")
  private @Nullable Long files;

  @Option(
      names = "--output",
      paramLabel = "SIZE",
      description = "What it may write to each of its two streams. At most OUTPUT_MAX_BYTES.")
  private @Nullable String output;

  /// The limits.
  ///
  /// @throws IllegalArgumentException one is none, or more than there is, with the option
  RunLimits of(RunLimits most) {
    return new RunLimits(
        time("--time", time, most.wallTime(), "K8S_POD_EXECUTION_TIMEOUT"),
        time("--cpu-time", cpuTime, most.cpuTime(), "RUN_MAX_CPU_TIME"),
        size("--memory", memory, most.memoryBytes(), "K8S_POD_MEMORY_LIMIT"),
        most.cpuMillis(),
        (int) number("--processes", processes, most.processes(), "RUN_MAX_PROCESSES"),
        size("--file-size", fileSize, most.fileBytes(), "RUN_MAX_FILE_SIZE"),
        size("--disk", disk, most.diskBytes(), "RUN_MAX_DISK"),
        (int) number("--max-files", files, most.files(), "RUN_MAX_FILES"),
        size("--output", output, most.outputBytes(), "OUTPUT_MAX_BYTES"));
  }

  private static Duration time(
      String option, @Nullable String text, Duration most, String setting) {
    if (text == null) {
      return most;
    }
    Duration wanted = read(option, text, value -> Durations.parse(value, ChronoUnit.SECONDS));
    if (!wanted.isPositive() || wanted.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s: %s (expected: over 0 and at most %s s, %s)"
              .formatted(option, text, most.toMillis() / 1000.0, setting));
    }
    return wanted;
  }

  private static long size(String option, @Nullable String text, long most, String setting) {
    if (text == null) {
      return most;
    }
    long wanted = read(option, text, value -> ByteSize.parse(value).bytes());
    if (wanted < 1 || wanted > most) {
      throw new IllegalArgumentException(
          "%s: %s (expected: over 0 and at most %d bytes, %s)"
              .formatted(option, text, most, setting));
    }
    return wanted;
  }

  private static long number(String option, @Nullable Long wanted, long most, String setting) {
    if (wanted == null) {
      return most;
    }
    if (wanted < 1 || wanted > most) {
      throw new IllegalArgumentException(
          "%s: %d (expected: 1 to %d, %s)".formatted(option, wanted, most, setting));
    }
    return wanted;
  }

  private static <T> T read(String option, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          option + ": " + text + " (" + wrong.getMessage() + ")", wrong);
    }
  }
}
