package dev.quarterdeck.executions.http;

import dev.quarterdeck.executions.Execution;
import dev.quarterdeck.executions.ExecutionState.Finished;
import dev.quarterdeck.executions.Executions;
import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.Observer;
import dev.quarterdeck.executions.Outcome;
import dev.quarterdeck.executions.Position;
import dev.quarterdeck.executions.SignalNames;
import dev.quarterdeck.executions.Step;
import dev.quarterdeck.executions.Verdict;
import dev.quarterdeck.http.WebSocket;
import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells a Piston client what happens to its program, in Piston's messages.
final class PistonObserver implements Observer {
  private static final String COMPILE = "compile";
  private static final String RUN = "run";
  private static final int SIGKILL = 9;

  private final WebSocket socket;
  private final Executions executions;
  private volatile boolean closed;
  private String stage = "";
  private long stderrBytes;
  private boolean ended;

  PistonObserver(WebSocket socket, Executions executions) {
    this.socket = socket;
    this.executions = executions;
    socket.onClose(() -> closed = true);
  }

  /// Whether the client was told of the end.
  boolean ended() {
    return ended;
  }

  @Override
  public void status(Execution execution) {
    // A client hears of its program when it begins.
  }

  @Override
  public void event(Execution execution, Step step, Position position) throws IOException {
    if (step.type().equals(Step.RUNNING) && stage.isEmpty()) {
      begin(execution);
    } else if (step.type().equals(Step.RESULT_STORED)) {
      if (stage.isEmpty()) {
        begin(execution);
      }
      Finished end = execution.finished().orElseThrow();
      finish(end.outcome());
      ended = true;
    }
  }

  private void begin(Execution execution) throws IOException {
    ObjectNode runtime = message("runtime");
    runtime.put("language", execution.program().language());
    runtime.put("version", execution.program().version());
    socket.send(runtime.toString());
    boolean compiled =
        executions.languages().all().stream()
            .filter(language -> language.name().equals(execution.program().language()))
            .anyMatch(Language::compiled);
    stage(compiled ? COMPILE : RUN);
  }

  @Override
  public void output(Execution execution, Frame frame, Position position) throws IOException {
    byte[] bytes = frame.bytes();
    int from = 0;
    if (stage.equals(COMPILE)) {
      OptionalLong compilers = executions.compilerBytes(execution.id());
      if (compilers.isPresent()) {
        if (frame.stream() == Stream.STDERR) {
          from = Math.clamp(compilers.getAsLong() - stderrBytes, 0, bytes.length);
          data(frame, 0, from);
        }
        if (from < bytes.length || stderrBytes + from >= compilers.getAsLong()) {
          exit(COMPILE, OptionalInt.of(0), OptionalInt.empty());
          stage(RUN);
        }
      }
    }
    data(frame, from, bytes.length);
    if (frame.stream() == Stream.STDERR) {
      stderrBytes += bytes.length;
    }
  }

  private void data(Frame frame, int from, int to) throws IOException {
    if (from < to) {
      ObjectNode data = message("data");
      data.put("stream", frame.stream().name().toLowerCase(Locale.ROOT));
      data.put("data", new String(frame.bytes(), from, to - from, StandardCharsets.UTF_8));
      socket.send(data.toString());
    }
  }

  private void finish(Outcome outcome) throws IOException {
    if (stage.equals(COMPILE)) {
      boolean failed =
          outcome.verdict() == Verdict.COMPILE_ERROR
              || outcome.compilation().map(how -> how.exitCode().orElse(1) != 0).orElse(true);
      if (failed) {
        end(COMPILE, outcome);
        return;
      }
      exit(COMPILE, OptionalInt.of(0), OptionalInt.empty());
      stage(RUN);
    }
    end(RUN, outcome);
  }

  private void end(String which, Outcome outcome) throws IOException {
    boolean stopped = outcome.exitCode().isEmpty() && outcome.signal().isEmpty();
    exit(which, outcome.exitCode(), stopped ? OptionalInt.of(SIGKILL) : outcome.signal());
  }

  private void stage(String name) throws IOException {
    stage = name;
    socket.send(message("stage").put("stage", name).toString());
  }

  private void exit(String which, OptionalInt code, OptionalInt signal) throws IOException {
    ObjectNode exit = message("exit");
    exit.put("stage", which);
    exit.putNull("code");
    exit.putNull("signal");
    code.ifPresent(number -> exit.put("code", number));
    signal.ifPresent(number -> exit.put("signal", SignalNames.of(number)));
    socket.send(exit.toString());
  }

  private static ObjectNode message(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public void onClose(Runnable action) {
    socket.onClose(action);
  }
}
