package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Binder;

/// Entry to the engine.
///
/// ```java
/// Loaded<AppSettings> loaded =
///     Settings.of(AppSettingsBinder.INSTANCE)
///         .tomlIfPresent(Path.of("config.toml"))
///         .environment(System.getenv())
///         .load();
/// ```
public final class Settings {
  private Settings() {}

  /// A loader for the root record of a generated binder.
  public static <T> Loader<T> of(Binder<T> binder) {
    return new Loader<>(binder);
  }
}
