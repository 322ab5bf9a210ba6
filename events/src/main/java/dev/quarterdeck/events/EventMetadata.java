package dev.quarterdeck.events;

import java.util.Optional;

/// Who caused an event, and where.
///
/// @param environment `development`, `test` or `production`
public record EventMetadata(
    String serviceName, String serviceVersion, Optional<String> userId, String environment) {}
