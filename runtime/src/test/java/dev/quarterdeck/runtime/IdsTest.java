package dev.quarterdeck.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
  private Instant now = Instant.parse("2026-11-21T12:00:00.123Z");
  private final Ids ids = new Ids(() -> now);

  @Test
  void areVersion7WithTheTimeInFront() {
    UUID id = UUID.fromString(ids.next());
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
  }

  @Test
  void sortByTimeOfMaking() {
    String first = ids.next();
    now = now.plusMillis(1);
    assertThat(ids.next()).isGreaterThan(first);
  }

  @Test
  void doNotRepeat() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      assertThat(made.add(ids.next())).isTrue();
    }
  }
}
