package dev.quarterdeck.bookmarks.bulk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What a job of this kind was asked to do.
///
/// @param tags names, for the actions that take some
/// @param query where the ids come from; empty when the caller named them
/// @param ids of the bookmarks, each once
public record BulkOrder(BulkAction action, List<String> tags, String query, List<String> ids) {
  private static final int DIGEST_LENGTH = 32;

  public BulkOrder {
    tags = List.copyOf(tags);
    ids = List.copyOf(ids);
  }

  /// Tells one order from another: the same for the same action on the same bookmarks.
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : List.of(action.label(), String.join("\0", tags))) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 1);
      }
      for (String id : ids.stream().sorted().toList()) {
        digest.update(id.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
