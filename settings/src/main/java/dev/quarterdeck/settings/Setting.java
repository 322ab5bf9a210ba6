package dev.quarterdeck.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// One setting: a component of a settings record. Its key is the component's name in snake case
/// (`maxPageSize` is `max_page_size`), its path the keys of the tables around it, its environment
/// variable the path in upper case joined with `_`.
///
/// A component without a [#fallback] is required unless its type is `Optional`. Values in
/// annotations are written as they would be in an environment variable.
///
/// Kept in class files, so that a root record in another module can be checked and documented.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /// Stands for "no value given" where an empty string is a value.
  String NONE = "\u0000";

  /// What the setting does, in one sentence that ends with a full stop.
  String value();

  /// The default in every profile that has none of its own.
  String fallback() default NONE;

  /// Defaults of single profiles, over [#fallback].
  ProfileDefault[] profiles() default {};

  /// How the documentation shows a default that the program computes from other settings.
  String computed() default "";

  /// The key, where it is not the component's name in snake case.
  String key() default "";

  /// Unit of a bare number: `ms`, `s`, `min`, `h`, `d` for a duration, else only documentation.
  String unit() default "";

  /// Least value, in the setting's own notation.
  String min() default "";

  /// Greatest value, in the setting's own notation.
  String max() default "";

  /// Least number of characters (text) or elements (list).
  int minLength() default 0;

  /// Greatest number of characters (text) or elements (list).
  int maxLength() default Integer.MAX_VALUE;

  /// A regular expression that the whole text must match.
  String pattern() default "";

  /// Whether white space alone is refused.
  boolean notBlank() default false;

  /// The allowed texts, for a setting whose type is text.
  String[] oneOf() default {};

  /// Whole paths (`kafka.session_timeout`) that were the setting's before it moved; inside the
  /// elements of a list or map, paths from the element. Each still works, with a warning that names
  /// the place and the new path; so does its environment variable.
  String[] formerly() default {};

  /// Why nobody should use the setting any more, and what to use instead, in one sentence. It still
  /// works; each use is a warning with that sentence.
  String deprecated() default "";

  /// Reads a type that the engine does not know.
  Class<? extends Converter<?>> converter() default Converter.None.class;
}
