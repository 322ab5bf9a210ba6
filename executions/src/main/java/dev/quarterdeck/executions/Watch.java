package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog;
import dev.quarterdeck.store.OutputLog.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Follows one execution from any position to its result. It subscribes before it reads, and reads
/// only what is durable: nothing is missed, nothing comes twice, and a slow observer holds up
/// nobody.
final class Watch {
  private static final int READ_BYTES = 256 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String id;
  private final ExecutionStore store;
  private final OutputLog output;
  private final Observer observer;
  private Position position;

  Watch(String id, Position from, ExecutionStore store, OutputLog output, Observer observer) {
    this.id = id;
    this.store = store;
    this.output = output;
    this.observer = observer;
    this.position = from;
  }

  /// Returns after the result was delivered, when the execution is deleted, or when nobody listens
  /// any more.
  void run(Signals.Subscription news) throws IOException, InterruptedException {
    observer.onClose(news::wake);
    boolean begin = position.equals(Position.START);
    Optional<Execution> execution = Optional.empty();
    while (!observer.closed()) {
      if (news.stateChanged()) {
        execution = news.latest().or(() -> store.latest(id));
      }
      if (execution.isEmpty()) {
        return;
      }
      if (begin) {
        observer.status(execution.get());
        begin = false;
      }
      deliver(execution.get());
      if (execution.get().finished().isPresent()) {
        return;
      }
      news.await(PATIENCE);
    }
  }

  private void deliver(Execution execution) throws IOException {
    for (Step step : execution.history()) {
      if (observer.closed()) {
        return;
      }
      if (step.position() > position.version()) {
        if (step.endsAttempt()) {
          deliverOutput(execution);
        }
        position = position.after(step);
        observer.event(execution, step, position);
      }
    }
    if (execution.finished().isEmpty()) {
      deliverOutput(execution);
    }
  }

  private void deliverOutput(Execution execution) throws IOException {
    if (position.attempt() == 0) {
      return;
    }
    List<Frame> frames = next(execution);
    while (!frames.isEmpty()) {
      for (Frame frame : frames) {
        if (observer.closed()) {
          return;
        }
        position = position.afterFrame(frame.sequence());
        observer.output(execution, frame, position);
      }
      frames = next(execution);
    }
  }

  private List<Frame> next(Execution execution) {
    return LastOutput.read(output, execution, position.attempt(), position.frame() + 1, READ_BYTES);
  }
}
