package dev.quarterdeck.store.sqlite;

import java.util.Map;

/// Computes the indexed values of a stored document from its body, for a field that was declared
/// after the document was written. Called on a platform thread while the store opens.
@FunctionalInterface
public interface Backfill {
  /// Values of all declared fields: `String` or `Long`; an absent field has no entry.
  Map<String, Object> indexed(byte[] body);
}
