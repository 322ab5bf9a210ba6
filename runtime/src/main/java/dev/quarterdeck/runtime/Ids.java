package dev.quarterdeck.runtime;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/// Makes identifiers that sort by time of making (UUID version 7), so that indexes grow at one end.
/// Safe for all threads.
public final class Ids {
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public Ids(InstantSource clock) {
    this.clock = clock;
  }

  /// A new identifier: 36 characters, unguessable in its last 74 bits.
  public String next() {
    long millis = clock.millis();
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    ByteBuffer drawn = ByteBuffer.wrap(bytes);
    long high = (millis << 16) | 0x7000L | (drawn.getShort() & 0x0FFFL);
    long low = 0x8000000000000000L | (drawn.getLong() >>> 2);
    return new UUID(high, low).toString();
  }
}
