package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The process of ours that lies around a sandbox, with the pipes to it. Waited for by one thread.
sealed interface OuterProcess permits SpawnedProcess, OuterProcess.Forked {
  long pid();

  OutputStream stdin();

  InputStream stdout();

  InputStream stderr();

  /// Waits for its end.
  ///
  /// @return whether it has ended
  boolean await(long nanos) throws IOException, InterruptedException;

  /// Kills it.
  void destroy();

  /// How it ended: `exit code 7`.
  String end();

  /// Processor time of it and of all below it that were waited for; zero when it is not known.
  Duration cpuTime();

  /// Frees what it takes, and leaves no zombie.
  void close() throws IOException;

  /// One that the JDK started, where [Spawn] does not work.
  record Forked(Process process) implements OuterProcess {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public OutputStream stdin() {
      return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
      return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
      return process.getErrorStream();
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
      return process.waitFor(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void destroy() {
      process.destroyForcibly();
    }

    @Override
    public String end() {
      return process.isAlive() ? "still running" : "exit code " + process.exitValue();
    }

    @Override
    public Duration cpuTime() {
      return Duration.ZERO;
    }

    @Override
    public void close() {
      // The JDK reaps it.
    }
  }
}
