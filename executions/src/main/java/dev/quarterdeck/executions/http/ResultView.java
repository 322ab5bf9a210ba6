package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.ExecutionState;
import dev.quarterdeck.executions.ExecutionState.Finished;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Outcome;
import dev.quarterdeck.executions.Output;
import dev.quarterdeck.executions.Usage;
import dev.quarterdeck.executions.Utf8;
import dev.quarterdeck.executions.VerdictMapping;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An execution with its result as the API shows it: the documented fields, and beyond them the
/// verdict, what it rests on, and the exact bytes where the text is not exact.
final class ResultView {
  /// In lists, at most so many bytes of output are shown.
  static final int LISTED_BYTES = 16 * 1024;

  private final Executions executions;

  ResultView(Executions executions) {
    this.executions = executions;
  }

  /// The whole result.
  ObjectNode whole(Execution execution) {
    ObjectNode view =
        view(execution, execution.finished().map(ignored -> executions.output(execution)));
    execution.finished().ifPresent(end -> parts(end.outcome()).whole(view, execution));
    return view;
  }

  /// The result with the beginning of its output; `output_cut` says when there is more.
  ObjectNode listed(Execution execution) {
    ObjectNode view =
        view(
            execution,
            execution.finished().map(ignored -> executions.output(execution, LISTED_BYTES)));
    execution.finished().ifPresent(end -> parts(end.outcome()).listed(view));
    return view;
  }

  private PartsView parts(Outcome outcome) {
    return new PartsView(executions, outcome);
  }

  private ObjectNode view(Execution execution, Optional<Output> output) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("execution_id", execution.id());
    view.put("status", execution.status().text());
    if (output.isPresent()) {
      stream(view, "stdout", output.get().stdout());
      stream(view, "stderr", output.get().stderr());
      if (output.get().cut()) {
        view.put("output_cut", true);
      }
    } else {
      view.putNull("stdout");
      view.putNull("stderr");
    }
    view.put("lang", execution.program().language());
    view.put("lang_version", execution.program().version());
    Optional<Finished> end = execution.finished();
    if (end.isPresent()) {
      outcome(view, end.get().outcome());
      end.get()
          .outcome()
          .compilation()
          .ifPresent(compilation -> compiler(view, compilation, output));
      view.put("finished_at", end.get().finishedAt().toString());
      end.get().startedAt().ifPresent(at -> view.put("started_at", at.toString()));
    } else {
      view.putNull("resource_usage");
      view.putNull("exit_code");
      view.putNull("error_type");
    }
    if (execution.state() instanceof ExecutionState.Queued) {
      executions
          .waiting(execution.id())
          .ifPresent(
              waiting -> {
                view.put("queue_position", waiting.position());
                waiting
                    .estimatedStart()
                    .ifPresent(at -> view.put("estimated_start", at.toString()));
              });
    }
    view.put("priority", execution.priority().text());
    view.put("attempt", execution.state().attempt());
    view.put("created_at", execution.createdAt().toString());
    return view;
  }

  private static void outcome(ObjectNode view, Outcome outcome) {
    view.set("resource_usage", Usage.json(outcome));
    OptionalInt exitCode = Usage.exitCode(outcome);
    if (exitCode.isPresent()) {
      view.put("exit_code", exitCode.getAsInt());
    } else {
      view.putNull("exit_code");
    }
    VerdictMapping.of(outcome.verdict())
        .errorType()
        .ifPresentOrElse(
            type -> view.put("error_type", type.text()), () -> view.putNull("error_type"));
    view.put("verdict", outcome.verdict().text());
    view.put("evidence", outcome.evidence());
    view.put("sandbox_level", outcome.level());
    outcome.signal().ifPresent(signal -> view.put("signal", signal));
    view.put("stdout_truncated", outcome.stdoutTruncated());
    view.put("stderr_truncated", outcome.stderrTruncated());
  }

  private static void compiler(ObjectNode view, Compilation compilation, Optional<Output> output) {
    ObjectNode compile = view.putObject("compile");
    compilation.exitCode().ifPresent(code -> compile.put("exit_code", code));
    compilation.signal().ifPresent(signal -> compile.put("signal", signal));
    compile.put("cached", compilation.origin() == Compilation.Origin.CACHE);
    compile.put("wall_time_seconds", compilation.wallTime().toMillis() / 1e3);
    compile.put("cpu_time_seconds", compilation.cpuTime().toMillis() / 1e3);
    byte[] stderr = output.map(Output::stderr).orElse(new byte[0]);
    int length = (int) Math.min(stderr.length, compilation.outputBytes());
    compile.put("output", new String(stderr, 0, length, StandardCharsets.UTF_8));
  }

  static void stream(ObjectNode view, String name, byte[] bytes) {
    Optional<String> text = Utf8.decode(bytes);
    view.put(name, text.orElseGet(() -> new String(bytes, StandardCharsets.UTF_8)));
    if (text.isEmpty()) {
      view.put(name + "_base64", Base64.getEncoder().encodeToString(bytes));
    }
  }
}
