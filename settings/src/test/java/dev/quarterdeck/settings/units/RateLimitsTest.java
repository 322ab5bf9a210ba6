package dev.quarterdeck.settings.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
  @ParameterizedTest
  @CsvSource({
    "100/minute, 100, PT1M",
    "10 per hour, 10, PT1H",
    "5/2 seconds, 5, PT2S",
    "1/day, 1, PT24H",
    "3/second, 3, PT1S",
    "5/2seconds, 5, PT2S",
    "10 / minute, 10, PT1M",
    "10 per 15 minutes, 10, PT15M",
    "1/hours, 1, PT1H",
    "100/Minute, 100, PT1M",
    "10 PER HOUR, 10, PT1H",
    "999999999999999999/day, 999999999999999999, PT24H"
  })
  void readsOneLimit(String text, long permits, Duration period) {
    assertThat(RateLimits.parse(text).limits()).containsExactly(new RateLimit(permits, period));
  }

  @Test
  void readsSeveralLimitsWithSemicolons() {
    RateLimits limits = RateLimits.parse("100/minute; 10 per hour;5/2 seconds");
    assertThat(limits.limits())
        .containsExactly(
            new RateLimit(100, Duration.ofMinutes(1)),
            new RateLimit(10, Duration.ofHours(1)),
            new RateLimit(5, Duration.ofSeconds(2)));
    assertThat(limits).hasToString("100/minute; 10 per hour;5/2 seconds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "100",
        "100/",
        "/minute",
        "100/minute;",
        ";100/minute",
        "100/minute,10/hour",
        "100/min",
        "100/m",
        "100perminute",
        "100/fortnight",
        "-1/minute",
        "1.5/minute",
        "100//minute",
        "٣/minute",
        "9999999999999999999/minute",
        "100 minute",
        "1/ /minute",
        "1/2",
        "1/2 ",
        "1 /  minute",
        "1  per minute"
      })
  void showsTheGrammarForAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateLimits.parse(text))
        .withMessage(
            "expected a limit such as 100/minute, 10 per hour or 5/2 seconds, with ; between"
                + " several");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/minute", "5/0 seconds"})
  void refusesZero(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateLimits.parse(text))
        .withMessageStartingWith("expected a limit of at least 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/999999999 days", "1/99999999999 seconds"})
  void refusesAPeriodThatDoesNotFit(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateLimits.parse(text))
        .withMessage("expected a period of at most 106751 days");
  }

  @Test
  void readsALongTextInTimeThatGrowsWithItsLength() {
    String text = "1/second;".repeat(100_000) + "1/second";
    assertThat(RateLimits.parse(text).limits()).hasSize(100_001);
  }
}
