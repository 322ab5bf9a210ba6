package dev.quarterdeck.executions.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The sandbox of a run that a zygote made.
final class Born implements Enclosure {
  /// When nothing of the run is left, its end is only a matter of reading it.
  private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(500);

  private static final String LAST_LINE = "\nend\n";

  private final Zygote zygote;
  private final Zygote.Embryo embryo;
  private final Meter meter;
  private final Optional<RunDirectory> files;
  private final Runnable onClose;
  private final ByteArrayOutputStream report = new ByteArrayOutputStream();
  private boolean ended;
  private volatile long firstAsked;

  /// Set when process 1 has said that it alone is left; it ends by itself then.
  private volatile boolean alone;

  /// Set when the zygote may make the next sandbox, whose processes are none of ours.
  private volatile boolean over;

  private volatile boolean destroyed;

  /// @param files where those lie that go in and come out
  /// @param onClose gives the zygote back
  Born(
      Zygote zygote,
      Zygote.Embryo embryo,
      Metering metering,
      Optional<RunDirectory> files,
      Runnable onClose) {
    this.zygote = zygote;
    this.embryo = embryo;
    this.files = files;
    this.onClose = onClose;
    this.meter = metering.meter(pid -> alone || over || zygote.isAround(pid));
  }

  /// Makes the meter, given what tells the processes around the run.
  interface Metering {
    Meter meter(java.util.function.LongPredicate around);
  }

  @Override
  public InputStream stdout() {
    return embryo.stdout();
  }

  @Override
  public InputStream stderr() {
    return embryo.stderr();
  }

  @Override
  public OutputStream stdin() {
    return embryo.stdin();
  }

  @Override
  public long outer() {
    return over ? -1 : zygote.pid();
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public boolean await(long nanos) throws IOException {
    long deadline = System.nanoTime() + nanos;
    while (!ended && Kernel.awaitReadable(embryo.report(), deadline - System.nanoTime())) {
      read();
    }
    return ended;
  }

  private synchronized void read() throws IOException {
    byte[] more = new byte[4096];
    int n = Kernel.read(embryo.report(), more, 0, more.length);
    if (n == 0) {
      ended = true;
      return;
    }
    report.write(more, 0, n);
    if (report.toString(StandardCharsets.UTF_8).endsWith(LAST_LINE)) {
      alone = true;
      ended = true;
    }
  }

  @Override
  public void destroy() {
    if (over) {
      return;
    }
    long now = System.nanoTime();
    if (firstAsked == 0) {
      firstAsked = now;
    } else if (now - firstAsked > GRACE) {
      destroyed = true;
      zygote.kill();
    }
  }

  @Override
  public synchronized StageReport report() throws IOException {
    while (!ended && Kernel.awaitReadable(embryo.report(), 0)) {
      read();
    }
    return StageReport.parse(report.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Override
  public Transferred transferred(Task task) throws IOException {
    return files.isPresent()
        ? files.get().transferred(task, report())
        : Transferred.nothing(task, "");
  }

  @Override
  public String complaint() throws IOException {
    byte[] text = new byte[Math.min(2000, Kernel.available(embryo.log()))];
    if (text.length > 0) {
      Kernel.read(embryo.log(), text, 0, text.length);
    }
    return (destroyed ? "its zygote" : "its process 1")
        + " before the program did: "
        + (text.length == 0 ? "no message" : new String(text, StandardCharsets.UTF_8).strip());
  }

  @Override
  public void close() throws IOException {
    over = true;
    meter.close();
    Kernel.close(embryo.report());
    Kernel.close(embryo.log());
    if (files.isPresent()) {
      files.get().delete();
    }
    onClose.run();
  }
}
