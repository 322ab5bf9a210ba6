package dev.quarterdeck.settings.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "2s, PT2S",
    "500ms, PT0.5S",
    "24h, PT24H",
    "7d, PT168H",
    "1h30m, PT1H30M",
    "1.5s, PT1.5S",
    "90min, PT1H30M",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "250us, PT0.00025S",
    "250µs, PT0.00025S",
    "1ns, PT0.000000001S",
    "0s, PT0S",
    "0.5h, PT30M",
    "PT1H30M, PT1H30M",
    "P7D, PT168H",
    "PT0.25S, PT0.25S",
    "9223372036854775807ns, PT2562047H47M16.854775807S",
    "106751d, PT2562024H"
  })
  void readsEveryNotation(String text, Duration expected) {
    assertThat(Durations.parse(text, ChronoUnit.MINUTES)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1440, MINUTES, PT24H",
    "2.0, SECONDS, PT2S",
    "45000, MILLIS, PT45S",
    "7, DAYS, PT168H",
    "0, SECONDS, PT0S",
    "0.5, HOURS, PT30M"
  })
  void takesABareNumberInTheDeclaredUnit(String text, ChronoUnit unit, Duration expected) {
    assertThat(Durations.parse(text, unit)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "2 s",
        " 2s",
        "2s ",
        "2S",
        "2M",
        "2w",
        "2y",
        "1m1h",
        "1s1s",
        "1h30",
        "30 1h",
        "1.s",
        ".5s",
        "1e3s",
        "1_000",
        "+2s",
        "٣s",
        "P",
        "PT",
        "p1d",
        "P1M",
        "P1Y",
        "PTS",
        "1h30m,",
        "0.1ns",
        "0.0000000001",
        "forever",
        "1min1m"
      })
  void refusesWhatIsNoDuration(String text) {
    QuantitiesTest.refused(() -> Durations.parse(text, ChronoUnit.SECONDS), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-2s", "PT-2S", "-PT2S", "P-1D", "-0", "PT1H-30M"})
  void refusesNegativeDurations(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text, ChronoUnit.SECONDS))
        .withMessage("expected a duration that is not negative, such as 2s or 500ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808ns",
        "106752d",
        "106751d23h59m",
        "99999999999999999999s",
        "PT9223372036854775807S",
        "P106752D",
        "99999999999999999999"
      })
  void refusesWhatDoesNotFit(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text, ChronoUnit.SECONDS))
        .withMessage("expected a duration of whole nanoseconds and at most 106751 days");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT2S, 2s",
    "PT0.5S, 500ms",
    "PT24H, 1d",
    "PT36H, 36h",
    "PT1H30M, 90m",
    "PT168H, 7d",
    "PT0.00025S, 250us",
    "PT0.000000001S, 1ns",
    "PT45S, 45s",
    "PT-1S, PT-1S"
  })
  void writesTheLongestUnitThatDivides(Duration duration, String expected) {
    assertThat(Durations.format(duration)).isEqualTo(expected);
  }

  @Test
  void readsBackWhatItWrites() {
    Random random = new Random(20261121);
    for (int i = 0; i < 2000; i++) {
      Duration duration = Duration.ofNanos(random.nextLong() >>> random.nextInt(1, 64));
      String text = Durations.format(duration);
      assertThat(Durations.parse(text, ChronoUnit.DAYS)).as(text).isEqualTo(duration);
    }
  }
}
