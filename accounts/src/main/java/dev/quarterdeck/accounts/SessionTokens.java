package dev.quarterdeck.accounts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Issues and verifies the JWTs that stand for sessions. Only the one algorithm of the settings is
/// accepted: a token that names another (or `none`) is refused before any key is tried. Safe for
/// all threads.
final class SessionTokens {
  private static final int CHARACTERS_MAX = 2_000;
  private static final int KNOWN = 1_000;
  private static final String EPOCH = "epoch";

  private final JWSHeader header;
  private final DerivedKeys keys;
  private final Duration life;
  private final InstantSource clock;

  /// Sessions of tokens that were verified, the latest ones.
  private final Map<String, Session> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > KNOWN;
        }
      };

  SessionTokens(
      SecretKeys secrets, AccountSettings.Algorithm algorithm, Duration life, InstantSource clock) {
    this.header = new JWSHeader(JWSAlgorithm.parse(algorithm.name()));
    this.keys = DerivedKeys.of(secrets, "session " + algorithm.name());
    this.life = life;
    this.clock = clock;
  }

  /// A new session of the user, in the user's present epoch.
  Issued issue(User user) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Session session =
        new Session(UUID.randomUUID().toString(), user.id(), user.tokenEpoch(), now.plus(life));
    SignedJWT jwt =
        new SignedJWT(
            header,
            new JWTClaimsSet.Builder()
                .subject(session.userId())
                .jwtID(session.id())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(session.expiresAt()))
                .claim(EPOCH, session.epoch())
                .build());
    try {
      jwt.sign(new MACSigner(keys.signing()));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("A 64-byte key signs with every HMAC", impossible);
    }
    return new Issued(jwt.serialize(), session);
  }

  /// The session of a token.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 401 when it is not ours or has expired
  Session verify(String token) {
    if (token.length() > CHARACTERS_MAX) {
      throw AccountProblems.invalidToken();
    }
    Session session = session(token);
    if (session == null) {
      throw AccountProblems.invalidToken();
    }
    if (!clock.instant().isBefore(session.expiresAt())) {
      throw AccountProblems.expiredToken();
    }
    return session;
  }

  /// What a token says never changes, so it is taken apart once; whether it is still worth anything
  /// is asked each time.
  private @Nullable Session session(String token) {
    synchronized (known) {
      Session session = known.get(token);
      if (session != null) {
        return session;
      }
    }
    Session session = read(token);
    if (session != null) {
      synchronized (known) {
        known.put(token, session);
      }
    }
    return session;
  }

  private @Nullable Session read(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!jwt.getHeader().getAlgorithm().equals(header.getAlgorithm()) || !signed(jwt)) {
        return null;
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Long epoch = claims.getLongClaim(EPOCH);
      Date expires = claims.getExpirationTime();
      if (epoch == null
          || expires == null
          || claims.getSubject() == null
          || claims.getJWTID() == null) {
        return null;
      }
      return new Session(claims.getJWTID(), claims.getSubject(), epoch, expires.toInstant());
    } catch (ParseException | JOSEException | IllegalArgumentException malformed) {
      return null;
    }
  }

  private boolean signed(SignedJWT jwt) throws JOSEException {
    for (byte[] key : keys.keys()) {
      if (jwt.verify(new MACVerifier(key))) {
        return true;
      }
    }
    return false;
  }

  /// A session as its token tells it.
  ///
  /// @param id the token's jti
  record Session(String id, String userId, long epoch, Instant expiresAt) {}

  /// A session with its token, which is shown to the caller only.
  record Issued(String token, Session session) {}
}
