package dev.quarterdeck.production.source.bitbucket;

import java.util.Optional;
import java.util.Set;

/// One question.
///
/// @param target path and query below the host, encoded
/// @param etag sent as If-None-Match, when there is one
/// @param limit bytes of the body that are wanted
/// @param cutAtLimit whether a longer body is cut; else it is a fault
/// @param ready statuses that the asker handles besides 200
record Ask(
    String target, Optional<String> etag, int limit, boolean cutAtLimit, Set<Integer> ready) {
  /// A page of JSON may have so many bytes.
  static final int PAGE_LIMIT = 64 << 20;

  /// A question answered in JSON.
  static Ask json(String target) {
    return new Ask(target, Optional.empty(), PAGE_LIMIT, false, Set.of());
  }

  /// A question for a file's first bytes.
  static Ask bytes(String target, int limit) {
    return new Ask(target, Optional.empty(), limit, true, Set.of(404));
  }

  /// The same for which these statuses are answers, too.
  Ask ready(Integer... statuses) {
    return new Ask(target, etag, limit, cutAtLimit, Set.of(statuses));
  }

  /// The same, only if it changed since the answer with this tag.
  Ask unlessIs(Optional<String> known) {
    return new Ask(target, known, limit, cutAtLimit, known.isPresent() ? Set.of(304) : Set.of());
  }

  /// The same at another place.
  Ask at(String elsewhere) {
    return new Ask(elsewhere, etag, limit, cutAtLimit, ready);
  }

  /// The path for a message, without the query.
  String shown() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
