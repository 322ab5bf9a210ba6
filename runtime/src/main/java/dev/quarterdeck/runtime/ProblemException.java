package dev.quarterdeck.runtime;

/// Carries a [Problem] to the place that renders it. It has no stack trace of its own: it is an
/// answer, not a fault.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// What went wrong.
  public Problem problem() {
    return problem;
  }
}
