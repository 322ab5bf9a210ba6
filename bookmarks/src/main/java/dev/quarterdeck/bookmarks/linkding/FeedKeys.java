package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Json;
import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keys that open a user's feeds, for readers that cannot send headers: one per user, made when it
/// is first asked for. Safe for all threads.
final class FeedKeys {
  static final Kind KIND = new Kind("bookmarks", "feed_key", List.of(Kind.unique("feed_key")));
  private static final int ATTEMPTS = 100;

  private final Documents documents;
  private final SecureRandom random = new SecureRandom();

  FeedKeys(Documents documents) {
    this.documents = documents;
  }

  record Stored(String key) {}

  /// Id of the user whose key it is.
  Optional<String> owner(String key) {
    if (!key.matches("[0-9a-f]{40}")) {
      return Optional.empty();
    }
    return documents
        .find(
            new Query(
                KIND,
                List.of(new Query.Equal("feed_key", key)),
                "feed_key",
                false,
                1,
                Optional.empty()))
        .documents()
        .stream()
        .map(Document::id)
        .findFirst();
  }

  /// The user's key.
  ///
  /// @param renew whether the old one, if any, ends
  String of(String owner, boolean renew) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Document> stored = documents.find(KIND, owner);
      if (stored.isPresent() && !renew) {
        return Json.read(new String(stored.get().body(), StandardCharsets.UTF_8), Stored.class)
            .key();
      }
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      String key = HexFormat.of().formatHex(bytes);
      long version = stored.map(Document::version).orElse(0L);
      try {
        documents.commit(
            new Change.Put(
                KIND,
                new Document(owner, version, Map.of("feed_key", key), Json.bytes(new Stored(key))),
                version,
                List.of(),
                Change.Urgency.INTERACTIVE));
        return key;
      } catch (VersionConflict | DuplicateValue anotherCameFirst) {
        Thread.onSpinWait();
      }
    }
    throw new IllegalStateException("the feed key is changed all the time");
  }
}
