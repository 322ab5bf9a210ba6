package dev.quarterdeck.executions;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where programs that nobody trusts run. One implementation runs them on this machine, another in
/// pods; a program never runs outside of one.
///
/// Any number of threads may call it. It runs as many programs at once as it is asked to; the queue
/// in front of it keeps that number within bounds.
public interface Sandbox extends AutoCloseable {
  /// What protects this machine from the programs, as found at start.
  SandboxReport report();

  /// The languages this sandbox knows, active ones first, each with its versions on this host.
  List<Language> languages();

  /// Starts a program.
  ///
  /// @param output receives what the program writes, while it runs, from one thread at a time
  /// @throws SandboxException the sandbox itself could not start the program; nothing is left
  ///   behind
  Run start(RunOrder order, Output output) throws SandboxException;

  /// Forgets what was kept for the runs of one batch.
  default void release(String batch) {}

  /// The executions that have a place here: from before their program starts until nothing of it is
  /// left, which is before [Run#await] answers.
  default Set<String> places() {
    return Set.of();
  }

  /// Tries again to free the places of programs that ended while something of them was left.
  default void reclaim() {}

  /// The pools of sandboxes that are got ready before programs come; none when it keeps none.
  default List<SandboxPool> pools() {
    return List.of();
  }

  /// Counts and amounts for those who watch the server, by name.
  default Map<String, Long> counters() {
    return Map.of();
  }

  /// Kills every program that runs and frees everything.
  @Override
  void close();

  /// A program that runs or has run.
  interface Run {
    /// Kills every process of the program at once. The result's verdict is `cancelled`, unless the
    /// program had ended before. May be called by any thread, any number of times.
    void cancel();

    /// What became of bytes for a program's standard input.
    enum Accepted {
      /// They are passed on as soon as the program reads.
      TAKEN,
      /// The program has not read what came before; nothing was taken.
      FULL,
      /// Its input is closed, or the program has ended.
      CLOSED
    }

    /// Passes bytes on to the standard input of a program that was started as interactive. Never
    /// waits for the program.
    default Accepted stdin(byte[] bytes) {
      return Accepted.CLOSED;
    }

    /// Ends the standard input of an interactive program, after what was passed on.
    default void closeStdin() {}

    /// Sends a signal to the program's first process.
    ///
    /// @param number of the signal, 1 to 31
    /// @return false when there is no such process now
    default boolean signal(int number) {
      return false;
    }

    /// Waits until every process is gone and all output was delivered.
    RunResult await() throws InterruptedException;
  }

  /// Receives output.
  interface Output {
    /// Takes bytes as they appear. It may block: then the program blocks too.
    void write(boolean stderr, byte[] bytes, int offset, int length);

    /// The compiler has ended well, and the program is about to begin.
    ///
    /// @param bytes how many of standard error are the compiler's; all of them were written
    default void compiled(long bytes) {}
  }
}
