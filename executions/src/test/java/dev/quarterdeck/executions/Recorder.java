package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog.Frame;
import dev.quarterdeck.store.OutputLog.Stream;
import dev.quarterdeck.testing.Awaiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Watches an execution on a thread of its own and writes down what it is told: `status:…`, types
/// of events, and `out:attempt` for output, once for frames in a row.
final class Recorder implements Observer, AutoCloseable {
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final List<Position> positions = Collections.synchronizedList(new ArrayList<>());
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final Thread thread;
  private volatile boolean closed;
  private volatile Runnable onClose = () -> {};
  private volatile boolean ended;

  Recorder(Executions executions, Execution execution, Position from) {
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    executions.watch(execution.id(), from, this);
                    ended = true;
                  } catch (IOException | InterruptedException | RuntimeException broken) {
                    told.add(broken.toString());
                  }
                });
  }

  static Recorder of(Fixture fixture, Execution execution) {
    return new Recorder(fixture.executions, execution, Position.START);
  }

  @Override
  public void status(Execution execution) {
    told.add("status:" + execution.status().text());
  }

  @Override
  public void event(Execution execution, Step step, Position position) {
    positions.add(position);
    told.add(step.restarted() ? "restarted" : step.type());
  }

  @Override
  public void output(Execution execution, Frame frame, Position position) {
    positions.add(position);
    if (frame.stream() == Stream.STDOUT) {
      stdout.writeBytes(frame.bytes());
    }
    String line = "out:" + frame.attempt();
    synchronized (told) {
      if (told.isEmpty() || !told.getLast().equals(line)) {
        told.add(line);
      }
    }
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public void onClose(Runnable action) {
    onClose = action;
  }

  List<String> told() {
    return told;
  }

  List<Position> positions() {
    return positions;
  }

  byte[] stdout() {
    return stdout.toByteArray();
  }

  /// What was told in all, once the stream has ended.
  List<String> whole() {
    Awaiting.until("the stream ends, after " + told, () -> ended);
    return List.copyOf(told);
  }

  @Override
  public void close() {
    closed = true;
    onClose.run();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted while a stream ended", interrupted);
    }
  }
}
