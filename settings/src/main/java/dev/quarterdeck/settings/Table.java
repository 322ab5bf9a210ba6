package dev.quarterdeck.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A component whose type is itself a settings record: a table of the file, or, when [#inline], a
/// group whose keys stand beside the other keys of the record around it. Also one of many:
///
/// - `List<Server>`: the tables `[[servers]]` of a file, `servers.0` the first of them. A later
///   layer's list takes the place of the whole list before it.
/// - `Map<String, Server>`: tables by name, `[servers.main]`. Layers merge by name and by key.
/// - A sealed interface marked with [Discriminator], alone or as the element of a list or map.
///
/// Files say which elements there are; the environment, `.env` and arguments may then change single
/// settings of them: `SERVERS_0_PORT`, `SERVERS_MAIN_PORT`, `servers.main.port=1`.
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

  /// The variant of a sealed interface that holds when no layer names one. Empty: naming one is
  /// required.
  String fallback() default "";

  /// Least number of elements of a list or map.
  int minLength() default 0;

  /// Greatest number of elements of a list or map.
  int maxLength() default Integer.MAX_VALUE;
}
