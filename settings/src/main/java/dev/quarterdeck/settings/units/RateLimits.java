package dev.quarterdeck.settings.units;

import java.util.ArrayList;
import java.util.List;

/// Rate limits that hold together, written with `;` between them.
///
/// @param limits at least one limit
/// @param text the notation they were given in
public record RateLimits(List<RateLimit> limits, String text) {
  public RateLimits {
    limits = List.copyOf(limits);
  }

  /// Reads the notation; see [RateLimit#parse] for one limit.
  ///
  /// @throws IllegalArgumentException with a message that starts with "expected" and does not
  ///   repeat the text
  public static RateLimits parse(String text) {
    List<RateLimit> limits = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int semicolon = text.indexOf(';', from);
      int to = semicolon < 0 ? text.length() : semicolon;
      limits.add(RateLimit.parse(text.substring(from, to)));
      from = to + 1;
    }
    return new RateLimits(limits, text);
  }

  @Override
  public String toString() {
    return text;
  }
}
