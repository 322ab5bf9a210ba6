package dev.quarterdeck.store;

import java.util.Map;

/// A stored aggregate.
///
/// @param id unique within its kind
/// @param version 1 for the first state, one more for each transition
/// @param indexed values of the declared fields: `String` or `Long`; an absent field has no entry
/// @param body the whole state as JSON in UTF-8; owned by the document, not to be changed
public record Document(String id, long version, Map<String, Object> indexed, byte[] body) {
  public Document {
    indexed = Map.copyOf(indexed);
  }
}
