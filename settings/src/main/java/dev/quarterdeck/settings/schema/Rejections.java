package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.toml.TomlNode;

/// Takes the parts of a TOML value that a type does not read.
public interface Rejections {
  /// Reports one part.
  ///
  /// @param at the part
  /// @param expected what the type reads, without the word "expected"
  void reject(TomlNode at, String expected);
}
