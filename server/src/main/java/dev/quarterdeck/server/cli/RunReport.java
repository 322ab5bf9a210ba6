package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.RunResult;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What a run shows on the terminal: its output as it appears, then one line on stderr; or, for
/// programs, one JSON object at the end.
final class RunReport implements Sandbox.Output {
  private final Terminal terminal;
  private final boolean json;
  private final String language;
  private final String version;
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private volatile boolean outputLost;

  RunReport(Terminal terminal, boolean json, String language, String version) {
    this.terminal = terminal;
    this.json = json;
    this.language = language;
    this.version = version;
  }

  @Override
  public void write(boolean toStderr, byte[] bytes, int offset, int length) {
    if (json || !toStderr) {
      (toStderr ? stderr : stdout).write(bytes, offset, length);
    }
    if (json) {
      return;
    }
    if (toStderr) {
      terminal.err().write(bytes, offset, length);
      terminal.err().flush();
    } else {
      terminal.out().write(bytes, offset, length);
      if (terminal.out().checkError()) {
        outputLost = true;
        throw new UncheckedIOException(new IOException("standard output is closed or full"));
      }
    }
  }

  /// Whether our standard output refused something: its reader is gone, or the disk is full.
  boolean outputLost() {
    return outputLost;
  }

  /// What the program wrote to its standard output; complete only with JSON or cases.
  byte[] stdout() {
    return stdout.toByteArray();
  }

  void finish(RunResult result) {
    finish(result, "", Optional.empty());
  }

  /// Ends the report of one case.
  ///
  /// @param name of the case, empty when there are none
  void finish(RunResult result, String name, Optional<Boolean> passed) {
    if (json) {
      Map<String, Object> object = object(result);
      if (!name.isEmpty()) {
        object.put("case", name);
        passed.ifPresent(met -> object.put("passed", met));
      }
      terminal.out().println(JsonMapper.shared().writeValueAsString(object));
      outputLost = terminal.out().checkError();
    }
    if (outputLost) {
      terminal
          .err()
          .println(
              "quarterdeck: standard output is closed or full (expected: a reader, or room on the"
                  + " disk); the run was ended");
    }
    if (json || outputLost) {
      return;
    }
    String verdict = result.verdict().text();
    boolean good = result.verdict() == Verdict.COMPLETED;
    StringBuilder line = new StringBuilder(name.isEmpty() ? "" : name + ": ");
    passed.ifPresent(
        met ->
            line.append(met ? terminal.good("passed") : terminal.bad("not the expected output"))
                .append(", "));
    line.append(good ? terminal.good(verdict) : terminal.bad(verdict));
    result.exitCode().ifPresent(code -> line.append(", exit code ").append(code));
    result.signal().ifPresent(signal -> line.append(", signal ").append(signal));
    line.append(", ")
        .append(seconds(result.wallTime()))
        .append(" wall, ")
        .append(seconds(result.cpuTime()))
        .append(" CPU");
    if (result.peakMemoryBytes() > 0) {
      line.append(
          String.format(Locale.ROOT, ", %.1f MiB peak", result.peakMemoryBytes() / 1048576.0));
    }
    line.append(
        terminal.dim(" (" + language + " " + version + ", sandbox " + result.level() + ")"));
    if (result.stdoutTruncated() || result.stderrTruncated()) {
      line.append(", output cut");
    }
    terminal.err().println(line);
    if (!good && !result.evidence().isEmpty()) {
      terminal.err().println("  " + result.evidence());
    }
  }

  static int exitCode(RunResult result) {
    return switch (result.verdict()) {
      case COMPLETED, FAILED, PROCESS_LIMIT, DISK_LIMIT -> result.exitCode().orElse(ExitCode.LIMIT);
      case COMPILE_ERROR -> result.exitCode().orElse(1);
      case SIGNALLED -> ExitCode.SIGNAL + result.signal().orElse(0);
      case CPU_TIME_LIMIT, WALL_TIME_LIMIT -> ExitCode.TIMED_OUT;
      case MEMORY_LIMIT, OUTPUT_LIMIT -> ExitCode.LIMIT;
      case CANCELLED -> ExitCode.SIGNAL + 2;
      case SANDBOX_ERROR -> ExitCode.SOFTWARE;
    };
  }

  private Map<String, Object> object(RunResult result) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("language", language);
    object.put("version", version);
    object.put("verdict", result.verdict().text());
    object.put("exit_code", result.exitCode().isPresent() ? result.exitCode().getAsInt() : null);
    object.put("signal", result.signal().isPresent() ? result.signal().getAsInt() : null);
    text(object, "stdout", stdout.toByteArray());
    text(object, "stderr", stderr.toByteArray());
    object.put("stdout_truncated", result.stdoutTruncated());
    object.put("stderr_truncated", result.stderrTruncated());
    object.put("wall_seconds", result.wallTime().toNanos() / 1e9);
    object.put("cpu_seconds", result.cpuTime().toNanos() / 1e9);
    object.put("peak_memory_bytes", result.peakMemoryBytes());
    object.put("evidence", result.evidence());
    object.put("sandbox_level", result.level());
    return object;
  }

  /// The text, with U+FFFD for what is not UTF-8, and then the exact bytes beside it.
  private static void text(Map<String, Object> object, String name, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    object.put(name, text);
    if (!java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      object.put(name + "_base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
  }
}
