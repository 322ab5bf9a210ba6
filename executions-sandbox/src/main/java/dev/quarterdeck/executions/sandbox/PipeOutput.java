package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.OutputStream;

/// The writing end of a pipe, from platform threads only. Whoever writes closes it; nobody else may
/// while it is written.
final class PipeOutput extends OutputStream {
  private final int descriptor;
  private boolean closed;

  PipeOutput(int descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed) {
      throw new IOException("closed");
    }
    for (int done = 0; done < length; ) {
      done += Kernel.write(descriptor, bytes, offset + done, length - done);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Kernel.close(descriptor);
    }
  }
}
