package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;

/// The reading end of a pipe, from platform threads only. The JDK's own streams would have to open
/// it by a name. Whoever reads closes it; nobody else may while it is read.
final class PipeInput extends InputStream {
  private final int descriptor;
  private boolean closed;

  PipeInput(int descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    int n = Kernel.read(open(), bytes, offset, length);
    return n == 0 ? -1 : n;
  }

  @Override
  public int available() throws IOException {
    return Kernel.available(open());
  }

  private int open() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    return descriptor;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Kernel.close(descriptor);
    }
  }
}
