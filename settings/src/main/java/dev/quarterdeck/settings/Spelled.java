package dev.quarterdeck.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The spelling of an enum constant in settings, where it is not the constant's name in lower case;
/// of a record that a sealed interface permits, where it is not the record's name in snake case.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface Spelled {
  /// The text.
  String value();
}
