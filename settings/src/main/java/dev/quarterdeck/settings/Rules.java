package dev.quarterdeck.settings;

/// Takes the broken rules of a [Checked] record. Keys are given as in the record's own table
/// (`page_size`), or as a path from the top (`kafka.session_timeout_ms`).
public interface Rules {
  /// Reports the key unless the rule holds. Not reported when one of the keys is itself at fault.
  ///
  /// @param expected what the value of the key should have been: `at most max_page_size`
  /// @param involved the other keys of the rule; their values and places are cited
  /// @throws IllegalArgumentException for a key that the schema does not have
  void require(boolean holds, String key, String expected, String... involved);

  /// Like [#require], with the remedy in words.
  void requireOr(boolean holds, String key, String expected, String remedy, String... involved);

  /// Warns of the key unless the rule holds.
  void advise(boolean holds, String key, String warning);

  /// Whether some layer above the defaults gives the key a value.
  boolean isSet(String key);

  /// The profile, empty without profiles.
  String profile();

  /// Whether the profile is strict.
  boolean strict();
}
