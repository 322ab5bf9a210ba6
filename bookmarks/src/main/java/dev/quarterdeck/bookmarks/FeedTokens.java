package dev.quarterdeck.bookmarks;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The secret parts of addresses: who has one may read. Safe for all threads.
public final class FeedTokens {
  private static final int BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Documents documents;

  FeedTokens(Documents documents) {
    this.documents = documents;
  }

  /// A new unguessable text: 32 characters of `A-Z`, `a-z`, `0-9`, `-` and `_`.
  public static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The token of a user's feeds, made when there is none.
  public String of(String owner) {
    while (true) {
      Optional<Document> stored = documents.find(BookmarkKinds.FEED, owner);
      if (stored.isPresent()) {
        return token(stored.get());
      }
      try {
        return put(owner, 0);
      } catch (VersionConflict anotherMadeIt) {
        Thread.onSpinWait();
      }
    }
  }

  /// Gives a user another token; the one before opens nothing any more.
  public String renew(String owner) {
    while (true) {
      long version = documents.find(BookmarkKinds.FEED, owner).map(Document::version).orElse(0L);
      try {
        return put(owner, version);
      } catch (VersionConflict anotherCameFirst) {
        Thread.onSpinWait();
      }
    }
  }

  /// The user whose feeds a token opens.
  public Optional<String> owner(String token) {
    Query query =
        new Query(
            BookmarkKinds.FEED,
            List.of(new Query.Equal("token", token)),
            "token",
            false,
            1,
            Optional.empty());
    return documents.find(query).documents().stream().findFirst().map(Document::id);
  }

  private String put(String owner, long version) throws VersionConflict {
    String token = random();
    Map<String, Object> indexed = Map.of("token", token);
    Document document = new Document(owner, version, indexed, Json.write(new Stored(token)));
    try {
      documents.commit(
          new Change.Put(
              BookmarkKinds.FEED, document, version, List.of(), Change.Urgency.INTERACTIVE));
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException("two random tokens are alike", impossible);
    }
    return token;
  }

  private static String token(Document document) {
    return Json.read(document.body(), Stored.class).token();
  }

  private record Stored(String token) {}
}
