package dev.quarterdeck.settings.schema;

import org.jspecify.annotations.Nullable;

/// A name that a setting had, or that a setting had which is gone.
///
/// @param path the old path
/// @param variable the old environment variable, empty for none
/// @param now the setting that has the name no longer; null when there is none any more
/// @param reason why it is gone, empty when it only moved
public record Retired(String path, String variable, @Nullable Key now, String reason) {}
