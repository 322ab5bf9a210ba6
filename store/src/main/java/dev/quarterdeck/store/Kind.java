package dev.quarterdeck.store;

import java.util.List;

/// A kind of document: where it lives and which of its fields can be searched by.
///
/// @param area what is stored and backed up together; one file of the embedded store
/// @param name lower-case letters and `_`
/// @param fields the declared indexed fields; everything else is only in the body
public record Kind(String area, String name, List<Field> fields) {
  public Kind {
    fields = List.copyOf(fields);
  }

  /// An indexed field.
  ///
  /// @param name lower-case letters and `_`
  public record Field(String name, Type type, boolean unique) {}

  /// Type of an indexed field. A time is stored as epoch milliseconds.
  public enum Type {
    TEXT,
    INTEGER
  }

  /// A field that many documents may share.
  public static Field text(String name) {
    return new Field(name, Type.TEXT, false);
  }

  /// A number or a time that many documents may share.
  public static Field integer(String name) {
    return new Field(name, Type.INTEGER, false);
  }

  /// A field whose value no two documents of the kind may share; absent values do not collide.
  public static Field unique(String name) {
    return new Field(name, Type.TEXT, true);
  }
}
