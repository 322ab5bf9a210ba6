package dev.quarterdeck.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens that prove that a page of ours made a request: an HMAC of the session's id, so that
/// another session's token, or one planted by a neighbouring site, is worth nothing. Safe for all
/// threads.
final class CsrfTokens {
  private static final String HMAC = "HmacSHA256";

  private final DerivedKeys keys;

  CsrfTokens(SecretKeys secrets) {
    this.keys = DerivedKeys.of(secrets, "csrf");
  }

  String of(String sessionId) {
    return token(keys.signing(), sessionId);
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 403 unless header and cookie are equal and
  ///   belong to the session
  void check(String sessionId, String header, String cookie) {
    if (header.isEmpty()) {
      throw AccountProblems.csrf("X-CSRF-Token: missing");
    }
    if (!same(header, cookie)) {
      throw AccountProblems.csrf("X-CSRF-Token: differs from the cookie csrf_token");
    }
    for (byte[] key : keys.keys()) {
      if (same(header, token(key, sessionId))) {
        return;
      }
    }
    throw AccountProblems.csrf("X-CSRF-Token: belongs to another session");
  }

  private static String token(byte[] key, String sessionId) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(sessionId.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every JDK has " + HMAC, impossible);
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
