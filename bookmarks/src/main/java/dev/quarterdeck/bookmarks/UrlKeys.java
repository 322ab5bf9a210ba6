package dev.quarterdeck.bookmarks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// The two keys by which URLs are compared. The stored URL stays as typed.
public final class UrlKeys {
  private static final int HASH_BYTES = 16;

  private UrlKeys() {}

  /// The key by which one owner has a URL once; linkding's rule. Scheme and host without case, no
  /// slash at the end of the path, the query's fields in order; http and https differ. A text that
  /// is no URL is compared without case.
  public static String same(String url) {
    String trimmed = url.strip();
    UrlParts parts = UrlParts.of(trimmed);
    return parts == null ? UrlParts.lower(trimmed) : parts.same();
  }

  /// The wider key by which duplicates are proposed: what [#same] ignores, and the difference of
  /// http and https, default ports, `www.`, dot segments, tracking fields, spelling of
  /// percent-encoding and of international host names.
  public static String alike(String url) {
    String trimmed = url.strip();
    UrlParts parts = UrlParts.of(trimmed);
    return parts == null ? UrlParts.lower(trimmed) : WiderKey.of(parts);
  }

  /// A short, fixed-length stand-in for a key.
  static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest, HASH_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
