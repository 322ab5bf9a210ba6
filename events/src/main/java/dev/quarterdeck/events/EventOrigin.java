package dev.quarterdeck.events;

import java.util.Optional;

/// Which service an event comes from.
///
/// @param environment the profile: `development`, `test` or `production`
public record EventOrigin(String serviceName, String serviceVersion, String environment) {
  /// What an event that a user caused says of where it comes from.
  ///
  /// @param user id of the user; empty when nobody caused it
  public EventMetadata metadata(Optional<String> user) {
    return new EventMetadata(serviceName, serviceVersion, user, environment);
  }
}
