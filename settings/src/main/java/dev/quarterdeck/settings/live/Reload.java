package dev.quarterdeck.settings.live;

import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Loaded;

/// How a reload ended.
///
/// @param <T> the root record
public sealed interface Reload<T> {
  /// New settings took the place of the old ones.
  ///
  /// @param before the settings until now
  /// @param now the settings from now on
  /// @param <T> the root record
  record Swapped<T>(Loaded<T> before, Loaded<T> now) implements Reload<T> {}

  /// Every setting has the value that it had; the record is the same object.
  ///
  /// @param now the settings
  /// @param <T> the root record
  record Unchanged<T>(Loaded<T> now) implements Reload<T> {}

  /// The new settings have faults, and the old ones stay.
  ///
  /// @param kept the settings, as before
  /// @param refused what is wrong with the new ones
  /// @param <T> the root record
  record Refused<T>(Loaded<T> kept, Checkup<T> refused) implements Reload<T> {}
}
