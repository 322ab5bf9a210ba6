package dev.quarterdeck.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the record that a program loads. The processor generates its binder beside it, and checks
/// at compile time that no two settings share a path or an environment variable, that every default
/// meets its own constraints, and that no secret has a default in a strict profile.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SettingsRoot {
  /// The profiles; the first is used when none is chosen. Empty: no profiles.
  String[] profiles() default {};

  /// Profiles in which secrets may have no default and secret files must not be readable by others.
  String[] strict() default {};

  /// Path of the setting that chooses the profile.
  String profileKey() default "profile";

  /// Whether environment names are accepted as flat keys at the top level of a TOML file.
  boolean flatKeys() default false;

  /// Put before every environment variable, with `_`, when not empty.
  String prefix() default "";
}
