package dev.quarterdeck.server.effects;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The test sees the effect of these settings from outside: with two values of each, two outcomes.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Observes {
  /// Environment names.
  String[] value();
}
