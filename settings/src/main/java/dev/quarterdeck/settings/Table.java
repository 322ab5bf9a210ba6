package dev.quarterdeck.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A component whose type is itself a settings record: a table of the file, or, when [#inline], a
/// group whose keys stand beside the other keys of the record around it.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Table {
  /// What the group is about, in one sentence.
  String value();

  /// The table's key, where it is not the component's name in snake case.
  String key() default "";

  /// Whether the keys belong to the surrounding table, with no table of their own.
  boolean inline() default false;
}
