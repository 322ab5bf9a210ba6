package dev.quarterdeck.settings.toml;

/// A value of a TOML document, with its place. Immutable once parsing is over; may be shared
/// between threads.
public sealed interface TomlNode
    permits TomlTable, TomlArray, TomlString, TomlInteger, TomlFloat, TomlBoolean, TomlDateTime {
  /// Where the value stands, quotes and brackets included. Of a table with a header: the header. Of
  /// an array of tables: its first header. Of a table that exists only by dotted keys or by the
  /// headers of its children: the part of the key that first named it.
  Span span();

  /// The TOML type as messages name it: `string`, `integer`, `float`, `boolean`, `table`, `array`,
  /// `offset date-time`, `local date-time`, `local date`, `local time`.
  String kind();

  /// Whether both hold the same value, wherever they stand and however they are written. Order
  /// counts in arrays, not in tables; NaN equals NaN, 0.0 does not equal -0.0.
  boolean sameValue(TomlNode other);
}
