package dev.quarterdeck.executions;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far a watcher of an execution has come; as text the token with which it goes on:
/// `version.attempt.frame`.
///
/// @param version version of the last event that it has; one more than the execution's own when it
///   has the result
/// @param attempt the attempt whose output it reads, 0 before the first
/// @param frame sequence number of the last frame that it has
public record Position(long version, int attempt, long frame) {
  /// Before everything.
  public static final Position START = new Position(0, 0, 0);

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,15})\\.([0-9]{1,9})\\.([0-9]{1,15})");

  /// Reads a token; empty when it is none.
  public static Optional<Position> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Position(
                Long.parseLong(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Long.parseLong(matcher.group(3))))
        : Optional.empty();
  }

  /// The token.
  public String text() {
    return version + "." + attempt + "." + frame;
  }

  Position after(Step step) {
    return step.type().equals(Step.RUNNING)
        ? new Position(step.position(), step.attempt(), 0)
        : new Position(step.position(), attempt, frame);
  }

  Position afterFrame(long sequence) {
    return new Position(version, attempt, sequence);
  }
}
