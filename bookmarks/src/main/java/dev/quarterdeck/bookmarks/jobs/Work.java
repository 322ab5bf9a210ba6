package dev.quarterdeck.bookmarks.jobs;

/// Does the jobs of one type. Safe for all threads.
public interface Work {
  /// The type of its jobs, snake case.
  String type();

  /// Does a job, or goes on with it after a crash, on a virtual thread of its own. A step that was
  /// done but not yet remembered is done again, and must then change nothing.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException the job has failed; its owner reads the
  ///   detail
  /// @throws Exception the job has failed by a fault of ours, which is logged
  void run(Run run) throws Exception;

  /// Called when a job is forgotten: what belongs to it alone, such as a file, can go. It may be
  /// called twice.
  void forget(Job job);
}
