package dev.quarterdeck.settings.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "1000m, 1000",
    "200m, 200",
    "1m, 1",
    "1, 1000",
    "1.5, 1500",
    "0.25, 250",
    "0.001, 1",
    "2e0, 2000",
    "1e-3, 1",
    "15E-1, 1500",
    "1.5e1, 15000",
    "9223372036854775807m, 9223372036854775807"
  })
  void readsCpuAsKubernetesDoes(String text, long millis) {
    CpuQuantity quantity = CpuQuantity.parse(text);
    assertThat(quantity.millis()).isEqualTo(millis);
    assertThat(quantity).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "m",
        "0",
        "0m",
        "0.0001",
        "1.5m",
        "0.1m",
        "-1",
        "+1",
        "1M",
        "1 m",
        "1,5",
        "1.",
        ".5",
        "1e",
        "1e5x",
        "NaN",
        "1k",
        "1u",
        "9223372036854775808m",
        "9223372036854775807",
        "1e999999999",
        "1e-999999999",
        "1e31",
        "٣",
        "0x10",
        "1_000",
        "11111111111111111111111111111111111111111111111111"
      })
  void refusesOtherCpu(String text) {
    refused(() -> CpuQuantity.parse(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "128Mi, 134217728",
    "1Gi, 1073741824",
    "1Ki, 1024",
    "1Ti, 1099511627776",
    "1Pi, 1125899906842624",
    "7Ei, 8070450532247928832",
    "500M, 500000000",
    "1k, 1000",
    "1G, 1000000000",
    "1T, 1000000000000",
    "1P, 1000000000000000",
    "9E, 9000000000000000000",
    "1e6, 1000000",
    "1E3, 1000",
    "134217728, 134217728",
    "1.5Gi, 1610612736",
    "0.1Gi, 107374183",
    "128974848000m, 128974848",
    "1m, 1",
    "1.5, 2",
    "9223372036854775807, 9223372036854775807"
  })
  void readsMemoryAsKubernetesDoes(String text, long bytes) {
    MemoryQuantity quantity = MemoryQuantity.parse(text);
    assertThat(quantity.bytes()).isEqualTo(bytes);
    assertThat(quantity).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mi",
        "0",
        "0Mi",
        "-1Mi",
        "+1Mi",
        "1 Mi",
        "8Ei",
        "10E",
        "9223372036854775808",
        "1e400",
        "1e30",
        "1Mi ",
        "1MiX",
        "1i",
        "1.Mi"
      })
  void refusesOtherMemory(String text) {
    refused(() -> MemoryQuantity.parse(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "128ki", "128mi", "128kb", "128KB", "128MB", "128MiB", "128K", "128g", "128mb", "128MI"
      })
  void namesTheUnitsOfKubernetesForOthers(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryQuantity.parse(text))
        .withMessageStartingWith("expected ")
        .withMessageContaining("Ki Mi Gi")
        .withMessageNotContaining("128");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "4096B, 4096",
    "4096 B, 4096",
    "10MB, 10000000",
    "10 MB, 10000000",
    "10MiB, 10485760",
    "1kB, 1000",
    "1KB, 1000",
    "1KiB, 1024",
    "1.5KiB, 1536",
    "1.5MB, 1500000",
    "2GB, 2000000000",
    "2GiB, 2147483648",
    "1TB, 1000000000000",
    "1TiB, 1099511627776",
    "1PB, 1000000000000000",
    "7EiB, 8070450532247928832",
    "9EB, 9000000000000000000"
  })
  void tellsPowersOf1000From1024(String text, long bytes) {
    ByteSize size = ByteSize.parse(text);
    assertThat(size.bytes()).isEqualTo(bytes);
    assertThat(size).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "MB",
        "1  MB",
        " 1MB",
        "1MB ",
        "1e6",
        "0.1KiB",
        "0.5",
        "8EiB",
        "10EB",
        "1XB",
        "9223372036854775808",
        "1MBB",
        "1 "
      })
  void refusesOtherSizes(String text) {
    refused(() -> ByteSize.parse(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "10K, kB, KiB",
    "10k, kB, KiB",
    "10M, MB, MiB",
    "10m, MB, MiB",
    "10mb, MB, MiB",
    "10Mb, MB, MiB",
    "10kib, kB, KiB",
    "10G, GB, GiB",
    "10gb, GB, GiB"
  })
  void asksWhichOfTheTwoAnAmbiguousUnitMeans(String text, String decimal, String binary) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessage(
            "expected %s (powers of 1000) or %s (powers of 1024) as the unit"
                .formatted(decimal, binary));
  }

  @Test
  void computesAsExactDecimalsDo() {
    Random random = new Random(3);
    long[] factors = {
      1, 1000, 1024, 1L << 30, 1L << 60, 1_000_000_000_000_000_000L, 86_400_000_000_000L
    };
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int digits = random.nextInt(1, 20); digits > 0; digits--) {
        text.append(random.nextInt(3) == 0 ? random.nextInt(10) : 0);
      }
      if (random.nextBoolean()) {
        text.append('.').append(random.nextLong(1_000_000_000L) >> random.nextInt(30));
      }
      if (random.nextBoolean()) {
        text.append('e').append(random.nextInt(-30, 31));
      }
      long factor = factors[random.nextInt(factors.length)];
      BigDecimal product = new BigDecimal(text.toString()).multiply(BigDecimal.valueOf(factor));
      BigDecimal up = product.setScale(0, RoundingMode.CEILING);
      Quantity quantity = Objects.requireNonNull(Quantity.split(text.toString(), true));
      boolean fits =
          quantity.mantissa() >= 0 && up.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
      assertThat(quantity.timesRoundedUp(factor))
          .as("%s", text)
          .isEqualTo(fits ? up.longValueExact() : null);
      assertThat(quantity.times(factor))
          .as("%s", text)
          .isEqualTo(fits && up.compareTo(product) == 0 ? up.longValueExact() : null);
    }
  }

  static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable parse, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(parse)
        .withMessageStartingWith("expected ")
        .satisfies(
            e -> {
              if (text.length() > 6) {
                assertThat(e.getMessage()).doesNotContain(text);
              }
            });
  }
}
