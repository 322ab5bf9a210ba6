package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.ExecutionState.Finished;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Outcome;
import dev.quarterdeck.executions.SignalNames;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A result as Piston shows it: one object for the compiler, one for the program, times in
/// milliseconds, memory in bytes.
final class PistonView {
  private final Executions executions;

  PistonView(Executions executions) {
    this.executions = executions;
  }

  /// The streams of one part, and both as they came.
  private static final class Streams {
    final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    final ByteArrayOutputStream both = new ByteArrayOutputStream();

    void add(boolean isStderr, byte[] bytes, int from, int to) {
      (isStderr ? stderr : stdout).write(bytes, from, to - from);
      both.write(bytes, from, to - from);
    }
  }

  ObjectNode of(Execution execution, Finished end) {
    Outcome outcome = end.outcome();
    Optional<Compilation> compilation = outcome.compilation();
    long compilers = compilation.map(Compilation::outputBytes).orElse(0L);
    boolean onlyCompiled =
        outcome.verdict() == Verdict.COMPILE_ERROR
            || compilation.map(c -> c.exitCode().orElse(1) != 0).orElse(false);
    Streams compile = new Streams();
    Streams run = new Streams();
    executions.pieces(
        execution, frame -> split(frame, onlyCompiled ? Long.MAX_VALUE : compilers, compile, run));
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("language", execution.program().language());
    view.put("version", execution.program().version());
    if (compilation.isPresent() || onlyCompiled) {
      ObjectNode stage = stage(view.putObject("compile"), compile);
      compilation.ifPresent(
          how -> {
            ends(stage, how.exitCode(), how.signal());
            stage.put("cpu_time", how.cpuTime().toMillis());
            stage.put("wall_time", how.wallTime().toMillis());
          });
      if (onlyCompiled) {
        stage.put("message", outcome.evidence());
        stage.put("status", status(outcome));
      }
    }
    if (!onlyCompiled) {
      ObjectNode stage = stage(view.putObject("run"), run);
      ends(stage, outcome.exitCode(), outcome.signal());
      if (outcome.verdict() != Verdict.COMPLETED) {
        stage.put("message", outcome.evidence());
        stage.put("status", status(outcome));
      }
      if (outcome.exitCode().isEmpty() && outcome.signal().isEmpty()) {
        // What the sandbox stopped ended by the signal that it sends.
        stage.put("signal", SignalNames.of(9));
      }
      stage.put("cpu_time", outcome.cpuTime().toMillis());
      stage.put("wall_time", outcome.wallTime().toMillis());
      stage.put("memory", outcome.peakMemoryBytes());
    }
    return view;
  }

  private static void split(Frame frame, long compilers, Streams compile, Streams run) {
    byte[] bytes = frame.bytes();
    boolean stderr = frame.stream() == Stream.STDERR;
    int first = stderr ? Math.clamp(compilers - compile.stderr.size(), 0, bytes.length) : 0;
    compile.add(stderr, bytes, 0, first);
    run.add(stderr, bytes, first, bytes.length);
  }

  private static ObjectNode stage(ObjectNode stage, Streams streams) {
    stage.put("stdout", streams.stdout.toString(StandardCharsets.UTF_8));
    stage.put("stderr", streams.stderr.toString(StandardCharsets.UTF_8));
    stage.put("output", streams.both.toString(StandardCharsets.UTF_8));
    stage.putNull("code");
    stage.putNull("signal");
    stage.putNull("message");
    stage.putNull("status");
    stage.putNull("cpu_time");
    stage.putNull("wall_time");
    stage.putNull("memory");
    return stage;
  }

  private static void ends(ObjectNode stage, OptionalInt exitCode, OptionalInt signal) {
    exitCode.ifPresent(code -> stage.put("code", code));
    signal.ifPresent(number -> stage.put("signal", SignalNames.of(number)));
  }

  private static String status(Outcome outcome) {
    return switch (outcome.verdict()) {
      case COMPLETED, FAILED, COMPILE_ERROR, PROCESS_LIMIT, DISK_LIMIT -> "RE";
      case SIGNALLED, MEMORY_LIMIT, CANCELLED -> "SG";
      case CPU_TIME_LIMIT, WALL_TIME_LIMIT -> "TO";
      case OUTPUT_LIMIT -> outcome.stderrTruncated() && !outcome.stdoutTruncated() ? "EL" : "OL";
      case SANDBOX_ERROR -> "XX";
    };
  }
}
