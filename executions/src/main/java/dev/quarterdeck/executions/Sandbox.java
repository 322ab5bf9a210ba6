package dev.quarterdeck.executions;

import java.util.List;

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

  /// Kills every program that runs and frees everything.
  @Override
  void close();

  /// A program that runs or has run.
  interface Run {
    /// Kills every process of the program at once. The result's verdict is `cancelled`, unless the
    /// program had ended before. May be called by any thread, any number of times.
    void cancel();

    /// Waits until every process is gone and all output was delivered.
    RunResult await() throws InterruptedException;
  }

  /// Receives output.
  interface Output {
    /// Takes bytes as they appear. It may block: then the program blocks too.
    void write(boolean stderr, byte[] bytes, int offset, int length);
  }
}
