package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An attempt that brought no answer.
///
/// @param again whether another attempt may help
/// @param after how long the host asked to wait first
record Failure(
    SourceFault fault, boolean again, Optional<Duration> after, @Nullable Throwable cause) {
  static Failure last(SourceFault fault) {
    return new Failure(fault, false, Optional.empty(), null);
  }

  static Failure last(SourceFault fault, Throwable cause) {
    return new Failure(fault, false, Optional.empty(), cause);
  }

  static Failure passing(SourceFault fault, Throwable cause) {
    return new Failure(fault, true, Optional.empty(), cause);
  }

  SourceException exception() {
    return cause == null ? new SourceException(fault) : new SourceException(fault, cause);
  }
}
