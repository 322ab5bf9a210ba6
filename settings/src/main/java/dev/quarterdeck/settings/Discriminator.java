package dev.quarterdeck.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a sealed interface of settings records: one key of their table says which of the records
/// the table is.
///
/// ```java
/// @Discriminator("type")
/// public sealed interface Storage permits Local, Remote {}
/// ```
///
/// `type = "local"` chooses `Local`; [Spelled] on a record gives it another text. A key that only
/// other variants have is a fault, unless it stands in a layer below the one that chose the
/// variant: a layer that changes the variant drops what earlier layers said of the old one.
/// Variants that share a key declare it alike.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Discriminator {
  /// The key that says which variant a table is.
  String value();

  /// What it chooses, in one sentence.
  String doc() default "Says which kind it is.";
}
