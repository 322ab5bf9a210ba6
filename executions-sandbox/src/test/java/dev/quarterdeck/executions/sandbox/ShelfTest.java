package dev.quarterdeck.executions.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.executions.RunLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShelfTest {
  private static final long START = Duration.ofMillis(800).toNanos();
  private static final RunLimits LIMITS = SandboxFixture.LIMITS;

  private static Shelf shelf(WarmUp warmUp) {
    return new Shelf(
        new Shape("any", warmUp, "main", List.of("/usr/bin/any"), Map.of(), List.of(), LIMITS),
        1,
        0);
  }

  @Test
  void wantsOneFromTheSecondUseOn() {
    Shelf shelf = shelf(WarmUp.RUNTIME);
    assertThat(shelf.take(true, 4, 0)).isNull();
    assertThat(shelf.lacks(0)).isFalse();
    assertThat(shelf.take(false, 4, 1)).isNull();
    assertThat(shelf.lacks(1)).isTrue();
    assertThat(shelf.due(1)).isTrue();
  }

  @Test
  void startsWhatIsDearOnlyOnceNobodyAskedForAsLongAsAStartTakes() {
    Shelf shelf = shelf(WarmUp.AGENT);
    shelf.take(true, 4, 0);
    shelf.take(false, 4, 1);
    assertThat(shelf.due(1)).as("how long it takes is not known yet").isTrue();
    shelf.took(START);
    shelf.take(false, 4, START);
    assertThat(shelf.lacks(START)).isTrue();
    assertThat(shelf.due(START + START - 1)).isFalse();
    shelf.take(false, 4, START + START - 1);
    assertThat(shelf.due(START + START)).as("somebody asked meanwhile").isFalse();
    assertThat(shelf.due(3 * START)).isTrue();
  }

  @Test
  void startsWhatIsCheapAtOnce() {
    Shelf shelf = shelf(WarmUp.RUNTIME);
    shelf.take(true, 4, 0);
    shelf.take(false, 4, 1);
    shelf.took(START);
    assertThat(shelf.due(2)).isTrue();
  }

  @Test
  void waitsLongerAfterEachFailure() {
    Shelf shelf = shelf(WarmUp.RUNTIME);
    shelf.take(true, 4, 0);
    shelf.take(false, 4, 0);
    assertThat(shelf.failed(0)).isTrue();
    assertThat(shelf.due(Duration.ofMillis(900).toNanos())).isFalse();
    assertThat(shelf.due(Duration.ofSeconds(1).toNanos())).isTrue();
    assertThat(shelf.failed(0)).isFalse();
    assertThat(shelf.due(Duration.ofMillis(1900).toNanos())).isFalse();
  }
}
