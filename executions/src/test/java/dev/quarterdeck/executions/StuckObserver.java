package dev.quarterdeck.executions;

import dev.quarterdeck.store.OutputLog.Frame;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/// Takes the first event and then nothing more until it is let go.
record StuckObserver(CountDownLatch until) implements Observer {
  @Override
  public void status(Execution execution) throws IOException {
    try {
      until.await();
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void event(Execution execution, Step step, Position position) {}

  @Override
  public void output(Execution execution, Frame frame, Position position) {}

  @Override
  public boolean closed() {
    return false;
  }

  @Override
  public void onClose(Runnable action) {}
}
