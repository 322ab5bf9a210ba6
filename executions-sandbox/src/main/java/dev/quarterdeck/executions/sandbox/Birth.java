package dev.quarterdeck.executions.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a thread does that restricts itself, starts one part of a run, and ends: the part inherits
/// the restriction. The thread must be gone before the part gets to run anybody's program, since
/// who shares a restriction may signal one another, and a signal to a thread is one to the server.
///
/// It can open no file, so all that it executes must have been loaded before; it starts no thread
/// of the JVM and wakes none.
final class Birth implements Runnable {
  private static final int GET_THREAD_ID_X86 = 186;
  private static final int GET_THREAD_ID_ARM = 178;

  private final Architecture architecture;
  private final Optional<Domain.Restriction> restriction;
  private final List<String> command;
  private final Map<Integer, Integer> descriptors;
  private volatile long thread;
  private volatile long process;
  private volatile Optional<Throwable> failure = Optional.empty();

  /// @param descriptors ours by the number that the part gets
  Birth(
      Architecture architecture,
      Optional<Domain.Restriction> restriction,
      List<String> command,
      Map<Integer, Integer> descriptors) {
    this.architecture = architecture;
    this.restriction = restriction;
    this.command = command;
    this.descriptors = descriptors;
  }

  @Override
  public void run() {
    try {
      int number = architecture == Architecture.X86_64 ? GET_THREAD_ID_X86 : GET_THREAD_ID_ARM;
      thread = Syscalls.make(number, 0, 0, 0, 0, 0);
      if (restriction.isPresent()) {
        Domain.Restriction by = restriction.get();
        by.landlock().restrict(by.ruleset(), by.filter());
      }
      process = Spawn.start(command, descriptors);
    } catch (IOException | RuntimeException | Error failed) {
      failure = Optional.of(failed);
    }
  }

  /// The kernel's id of the thread.
  long thread() {
    return thread;
  }

  /// The part.
  ///
  /// @throws IOException it was not started
  long process() throws IOException {
    if (failure.isPresent()) {
      throw new IOException("a part of the run was not started", failure.get());
    }
    return process;
  }
}
