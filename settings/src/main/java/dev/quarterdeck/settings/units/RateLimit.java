package dev.quarterdeck.settings.units;

import java.time.Duration;

/// At most so many in each period: `100/minute`, `10 per hour`, `5/2 seconds`.
///
/// @param permits how many, at least 1
/// @param period the length of the window
public record RateLimit(long permits, Duration period) {}
