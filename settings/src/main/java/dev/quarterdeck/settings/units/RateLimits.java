package dev.quarterdeck.settings.units;

import java.util.List;

/// Rate limits that hold together, written with `;` between them.
///
/// @param limits at least one limit
/// @param text the notation they were given in
public record RateLimits(List<RateLimit> limits, String text) {
  public RateLimits {
    limits = List.copyOf(limits);
  }

  /// Reads the notation.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static RateLimits parse(String text) {
    throw new IllegalArgumentException("expected");
  }
}
