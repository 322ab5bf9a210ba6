package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.CaseResult;
import dev.quarterdeck.executions.CollectedFiles.Omitted;
import dev.quarterdeck.executions.Compilation;
import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.FileEntry;
import dev.quarterdeck.executions.Outcome;
import dev.quarterdeck.executions.Output;
import dev.quarterdeck.executions.SourceFile;
import dev.quarterdeck.executions.Utf8;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a result has beyond the documented fields when it was asked for: files, and cases.
final class PartsView {
  private final Executions executions;
  private final Outcome outcome;

  PartsView(Executions executions, Outcome outcome) {
    this.executions = executions;
    this.outcome = outcome;
  }

  /// Adds them, with contents and output.
  void whole(ObjectNode view, Execution execution) {
    if (!outcome.files().isEmpty()) {
      ArrayNode files = view.putArray("files");
      for (SourceFile file : executions.files(execution)) {
        ObjectNode shown = files.addObject();
        shown.put("name", file.name());
        shown.put("size", file.content().length);
        shown.put("content_base64", Base64.getEncoder().encodeToString(file.content()));
        Utf8.decode(file.content()).ifPresent(text -> shown.put("content", text));
      }
    }
    omitted(view);
    if (!outcome.cases().isEmpty()) {
      Output output = executions.output(execution);
      int stdout = 0;
      int stderr = outcome.compilation().map(Compilation::outputBytes).orElse(0L).intValue();
      ArrayNode cases = view.putArray("cases");
      for (CaseResult each : outcome.cases()) {
        ObjectNode shown = end(cases.addObject(), each);
        int stdoutEnd = stdout + (int) each.stdoutBytes();
        int stderrEnd = stderr + (int) each.stderrBytes();
        ResultView.stream(shown, "stdout", part(output.stdout(), stdout, stdoutEnd));
        ResultView.stream(shown, "stderr", part(output.stderr(), stderr, stderrEnd));
        stdout = stdoutEnd;
        stderr = stderrEnd;
      }
    }
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), Math.min(to, bytes.length));
  }

  /// Adds them without contents and output.
  void listed(ObjectNode view) {
    if (!outcome.files().isEmpty()) {
      ArrayNode files = view.putArray("files");
      for (FileEntry file : outcome.files()) {
        files.addObject().put("name", file.name()).put("size", file.size());
      }
    }
    omitted(view);
    if (!outcome.cases().isEmpty()) {
      ArrayNode cases = view.putArray("cases");
      outcome.cases().forEach(each -> end(cases.addObject(), each));
    }
  }

  private void omitted(ObjectNode view) {
    if (!outcome.omittedFiles().isEmpty()) {
      ArrayNode omitted = view.putArray("files_omitted");
      for (Omitted file : outcome.omittedFiles()) {
        omitted.addObject().put("name", file.name()).put("reason", file.reason());
      }
    }
  }

  private static ObjectNode end(ObjectNode shown, CaseResult each) {
    shown.put("verdict", each.verdict().text());
    each.exitCode().ifPresent(code -> shown.put("exit_code", code));
    each.signal().ifPresent(signal -> shown.put("signal", signal));
    each.passed().ifPresent(passed -> shown.put("passed", passed));
    shown.put("evidence", each.evidence());
    shown.put("wall_time_seconds", each.wallTime().toNanos() / 1e9);
    shown.put("cpu_time_seconds", each.cpuTime().toNanos() / 1e9);
    shown.put("peak_memory_bytes", each.peakMemoryBytes());
    shown.put("stdout_truncated", each.stdoutTruncated());
    shown.put("stderr_truncated", each.stderrTruncated());
    return shown;
  }
}
