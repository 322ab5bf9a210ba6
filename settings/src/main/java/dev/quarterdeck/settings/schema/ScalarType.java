package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.toml.TomlBoolean;
import dev.quarterdeck.settings.toml.TomlFloat;
import dev.quarterdeck.settings.toml.TomlInteger;
import dev.quarterdeck.settings.toml.TomlNode;
import dev.quarterdeck.settings.toml.TomlString;
import dev.quarterdeck.settings.units.ByteSize;
import dev.quarterdeck.settings.units.CpuQuantity;
import dev.quarterdeck.settings.units.Durations;
import dev.quarterdeck.settings.units.MemoryQuantity;
import dev.quarterdeck.settings.units.RateLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type whose values one text or number gives.
final class ScalarType extends Type {
  final Scalar scalar;
  private final @Nullable ChronoUnit unit;

  ScalarType(Scalar scalar, @Nullable ChronoUnit unit) {
    this.scalar = scalar;
    this.unit = unit;
  }

  @Override
  public Object parse(String text) {
    return ScalarReader.parse(this, text);
  }

  @Nullable ChronoUnit unit() {
    return unit;
  }

  @Override
  public @Nullable Object read(TomlNode node, Rejections rejections) {
    if (node instanceof TomlString string && scalar.strings()) {
      return readText(string.value(), node, rejections);
    }
    if (node instanceof TomlInteger integer && scalar.integers) {
      return readInteger(integer.value(), node, rejections);
    }
    if (node instanceof TomlFloat real && scalar.floats) {
      return readFloat(real.value(), node, rejections);
    }
    if (node instanceof TomlBoolean bool && scalar == Scalar.BOOLEAN) {
      return bool.value();
    }
    rejections.reject(node, expectedInToml(node));
    return null;
  }

  private String expectedInToml(TomlNode node) {
    boolean quoted = node instanceof TomlString && !scalar.strings();
    boolean bare = scalar.strings() && !scalar.integers && !(node instanceof TomlString);
    return expected() + (quoted ? " without quotes" : bare ? ", in quotes" : "");
  }

  private @Nullable Object readInteger(long value, TomlNode node, Rejections rejections) {
    if (scalar == Scalar.LONG) {
      return value;
    }
    if (scalar == Scalar.INT) {
      if (value == (int) value) {
        return (int) value;
      }
      rejections.reject(node, "a whole number from -2147483648 to 2147483647");
      return null;
    }
    if (scalar == Scalar.DOUBLE) {
      return (double) value;
    }
    return readText(Long.toString(value), node, rejections);
  }

  private @Nullable Object readFloat(double value, TomlNode node, Rejections rejections) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      rejections.reject(node, expected());
      return null;
    }
    return scalar == Scalar.DOUBLE
        ? value
        : readText(BigDecimal.valueOf(value).toPlainString(), node, rejections);
  }

  private @Nullable Object readText(String text, TomlNode node, Rejections rejections) {
    if (scalar == Scalar.TEXT) {
      return text;
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      rejections.reject(node, Texts.afterExpected(e, expected()));
      return null;
    }
  }

  @Override
  public String render(Object value) {
    return switch (scalar) {
      case DURATION -> Durations.format((Duration) value);
      case BYTES -> ((ByteSize) value).text();
      case CPU -> ((CpuQuantity) value).text();
      case MEMORY -> ((MemoryQuantity) value).text();
      case RATES -> ((RateLimits) value).text();
      case TEXT, INT, LONG, DOUBLE, BOOLEAN, PATH, URI, HOST_PORT, PATTERN, CIDR ->
          value.toString();
    };
  }

  @Override
  public Object plain(Object value) {
    return switch (scalar) {
      case INT -> (long) (int) value;
      case LONG, DOUBLE, BOOLEAN -> value;
      case TEXT, DURATION, BYTES, CPU, MEMORY, RATES, PATH, URI, HOST_PORT, PATTERN, CIDR ->
          render(value);
    };
  }

  @Override
  public String name() {
    return scalar.label;
  }

  @Override
  public String expected() {
    return unit == null
        ? scalar.expected
        : scalar.expected + ", or a number of " + Texts.plural(unit);
  }

  @Override
  public void describe(Map<String, Object> jsonSchema) {
    ScalarReader.describe(scalar, jsonSchema);
  }

  @Override
  public @Nullable Object placeholder() {
    return switch (scalar) {
      case TEXT -> "";
      case INT -> 0;
      case LONG -> 0L;
      case DOUBLE -> 0.0;
      case BOOLEAN -> false;
      case DURATION -> Duration.ZERO;
      case PATH, URI, BYTES, CPU, MEMORY, RATES, HOST_PORT, PATTERN, CIDR -> null;
    };
  }

  @Override
  public @Nullable Integer order(Object a, Object b) {
    return switch (scalar) {
      case INT -> Integer.compare((int) a, (int) b);
      case LONG -> Long.compare((long) a, (long) b);
      case DOUBLE -> Double.compare((double) a, (double) b);
      case DURATION -> ((Duration) a).compareTo((Duration) b);
      case BYTES -> Long.compare(((ByteSize) a).bytes(), ((ByteSize) b).bytes());
      case CPU -> Long.compare(((CpuQuantity) a).millis(), ((CpuQuantity) b).millis());
      case MEMORY -> Long.compare(((MemoryQuantity) a).bytes(), ((MemoryQuantity) b).bytes());
      case TEXT, BOOLEAN, PATH, URI, RATES, HOST_PORT, PATTERN, CIDR -> null;
    };
  }

  @Override
  public int length(Object value) {
    return scalar == Scalar.TEXT
        ? ((String) value).codePointCount(0, ((String) value).length())
        : -1;
  }
}
