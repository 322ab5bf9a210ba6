package dev.quarterdeck.executions;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the API says for a verdict: one row for each, the same rows as in `docs/verdicts.md`.
///
/// @param status the status of the execution
/// @param errorType empty when nothing went wrong
/// @param event type of the event that ends the execution
public record VerdictMapping(ExecutionStatus status, Optional<ErrorType> errorType, String event) {
  static final String COMPLETED = "execution_completed";
  static final String FAILED = "execution_failed";
  static final String TIMEOUT = "execution_timeout";
  static final String CANCELLED = "execution_cancelled";

  /// The row of a verdict.
  public static VerdictMapping of(Verdict verdict) {
    return switch (verdict) {
      case COMPLETED -> row(ExecutionStatus.COMPLETED, null, COMPLETED);
      case FAILED -> row(ExecutionStatus.COMPLETED, ErrorType.SCRIPT_ERROR, COMPLETED);
      case SIGNALLED, COMPILE_ERROR -> row(ExecutionStatus.FAILED, ErrorType.SCRIPT_ERROR, FAILED);
      case CPU_TIME_LIMIT, WALL_TIME_LIMIT ->
          row(ExecutionStatus.TIMEOUT, ErrorType.TIMEOUT, TIMEOUT);
      case MEMORY_LIMIT, OUTPUT_LIMIT, PROCESS_LIMIT, DISK_LIMIT ->
          row(ExecutionStatus.FAILED, ErrorType.RESOURCE_LIMIT, FAILED);
      case CANCELLED -> row(ExecutionStatus.CANCELLED, null, CANCELLED);
      case SANDBOX_ERROR -> row(ExecutionStatus.ERROR, ErrorType.SYSTEM_ERROR, FAILED);
    };
  }

  private static VerdictMapping row(
      ExecutionStatus status, @Nullable ErrorType type, String event) {
    return new VerdictMapping(status, Optional.ofNullable(type), event);
  }
}
