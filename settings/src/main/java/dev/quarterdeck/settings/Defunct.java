package dev.quarterdeck.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A setting, or a whole table, that no longer exists: whoever still gives it a value gets an error
/// with the reason. Stands on the settings record that had it.
@Documented
@Repeatable(Defunct.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Defunct {
  /// Its whole path; inside the elements of a list or map, the path from the element.
  String value();

  /// Why it is gone, and what to do instead, in one sentence.
  String reason();

  /// Several of them.
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.TYPE)
  @interface List {
    /// All of them.
    Defunct[] value();
  }
}
