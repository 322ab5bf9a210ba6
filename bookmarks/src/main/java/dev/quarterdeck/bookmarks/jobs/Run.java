package dev.quarterdeck.bookmarks.jobs;

import java.util.Optional;

/// A job while it is worked on. Belongs to the thread that works.
public interface Run {
  /// The job as it was when the run began, with what it remembered then.
  Job job();

  /// What was asked for, as the type it was submitted as.
  <T> T input(Class<T> type);

  /// What the run before remembered last; empty at first.
  <T> Optional<T> memory(Class<T> type);

  /// Makes durable how far the job is. Call it after each chunk of a second or so.
  ///
  /// @param total -1 when nobody knows yet
  /// @param memory what [#memory] answers after a crash
  /// @param result what watchers see of the outcome so far
  /// @throws Stopped the owner cancelled it, or the server stops; let it pass
  void progress(long done, long total, Object memory, Object result);

  /// Ends the work where it is, when it is to end.
  ///
  /// @throws Stopped the owner cancelled it, or the server stops; let it pass
  void check();

  /// The work has to end now. Not a failure.
  final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("the job is to end", null, false, false);
    }
  }
}
