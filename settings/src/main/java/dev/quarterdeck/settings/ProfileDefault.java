package dev.quarterdeck.settings;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The default of a setting in one profile.
@Retention(RetentionPolicy.CLASS)
@Target({})
public @interface ProfileDefault {
  /// The profiles it holds for.
  String[] in();

  /// The value, written as in an environment variable. [Setting#NONE] takes the default away.
  String value();
}
