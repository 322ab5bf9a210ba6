package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// A process that waits for the end of the server and then kills what it left running, where no
/// namespace dies with the server. It is also what a restricted thread tries to signal, and must
/// not reach, before it trusts its restriction.
final class Guard implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  /// Ends when it has seen no marked process, or has tried long enough.
  private static final String SCRIPT =
      """
      exec 2>/dev/null
      trap '' HUP INT TERM
      IFS= read -r line
      n=0
      while [ $n -lt 100 ]; do
        n=$((n + 1))
        seen=0
        for file in /proc/[0-9]*/limits; do
          while read -r a b c soft hard unit; do
            case "$a $b $c $hard" in
              "Max file locks $0"*)
                seen=1
                pid=${file#/proc/}
                kill -9 "${pid%/limits}"
                ;;
            esac
          done <"$file"
        done
        [ $seen -eq 0 ] && exit 0
        sleep 0.05
      done
      """;

  private final Process process;

  private Guard(Process process) {
    this.process = process;
  }

  /// Starts it.
  static Guard start(LaunchThread thread) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", SCRIPT, MarkedProcesses.Marks.HERE.key());
    builder.environment().clear();
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new Guard(thread.start(builder));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Ends it; by then nothing runs.
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
