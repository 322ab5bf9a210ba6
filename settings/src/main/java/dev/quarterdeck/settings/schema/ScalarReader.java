package dev.quarterdeck.settings.schema;

import dev.quarterdeck.settings.units.ByteSize;
import dev.quarterdeck.settings.units.Cidr;
import dev.quarterdeck.settings.units.CpuQuantity;
import dev.quarterdeck.settings.units.Durations;
import dev.quarterdeck.settings.units.HostPort;
import dev.quarterdeck.settings.units.MemoryQuantity;
import dev.quarterdeck.settings.units.RateLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/// Reads texts as scalars.
final class ScalarReader {
  private ScalarReader() {}

  static Object parse(ScalarType type, String text) {
    return switch (type.scalar) {
      case TEXT -> text;
      case INT -> integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
      case LONG -> integer(text, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> real(text);
      case BOOLEAN -> bool(text);
      case PATH -> path(text);
      case URI -> uri(text);
      case DURATION -> {
        ChronoUnit unit = type.unit();
        yield Durations.parse(text, unit == null ? ChronoUnit.SECONDS : unit);
      }
      case BYTES -> ByteSize.parse(text);
      case CPU -> CpuQuantity.parse(text);
      case MEMORY -> MemoryQuantity.parse(text);
      case RATES -> RateLimits.parse(text);
      case HOST_PORT -> HostPort.parse(text);
      case PATTERN -> pattern(text);
      case CIDR -> Cidr.parse(text);
    };
  }

  private static Long integer(String text, long least, long greatest) {
    int length = text.length();
    int start = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    boolean digits = length > start;
    for (int i = start; i < length; i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits) {
      throw new Rejection("expected a whole number");
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= greatest) {
        return value;
      }
    } catch (NumberFormatException tooLong) {
      // Digits only: the number is out of range, as below.
    }
    throw new Rejection("expected a whole number from " + least + " to " + greatest);
  }

  private static Double real(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      plain &= "0123456789+-.eE".indexOf(text.charAt(i)) >= 0;
    }
    try {
      double value = plain ? Double.parseDouble(text) : Double.NaN;
      if (!Double.isNaN(value) && !Double.isInfinite(value)) {
        return value;
      }
    } catch (NumberFormatException malformed) {
      // Signs or exponents in the wrong place: as below.
    }
    throw new Rejection("expected a number");
  }

  private static Boolean bool(String text) {
    if (text.equalsIgnoreCase("true")
        || text.equals("1")
        || text.equalsIgnoreCase("yes")
        || text.equalsIgnoreCase("on")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")
        || text.equals("0")
        || text.equalsIgnoreCase("no")
        || text.equalsIgnoreCase("off")) {
      return false;
    }
    throw new Rejection("expected true or false");
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new Rejection("expected a path, not an empty text");
    }
    try {
      if (text.equals("~") || text.startsWith("~/")) {
        return Path.of(System.getProperty("user.home") + text.substring(1));
      }
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new Rejection("expected a path without the NUL character");
    }
  }

  private static URI uri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.isAbsolute() && (!uri.isOpaque() || uri.getScheme().equals("file"))) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      // Its message repeats the text, which may hold a password.
    }
    throw new Rejection("expected " + Scalar.URI.expected);
  }

  private static java.util.regex.Pattern pattern(String text) {
    try {
      return java.util.regex.Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new Rejection(
          "expected a regular expression, but at character "
              + (e.getIndex() + 1)
              + ": "
              + e.getDescription());
    }
  }

  static void describe(Scalar scalar, Map<String, Object> schema) {
    switch (scalar) {
      case INT, LONG -> schema.put("type", "integer");
      case DOUBLE -> schema.put("type", "number");
      case BOOLEAN -> schema.put("type", "boolean");
      case DURATION, CPU, MEMORY, BYTES ->
          schema.put(
              "type",
              scalar.floats
                  ? java.util.List.of("string", "integer", "number")
                  : java.util.List.of("string", "integer"));
      case URI -> {
        schema.put("type", "string");
        schema.put("format", "uri");
      }
      case PATTERN -> {
        schema.put("type", "string");
        schema.put("format", "regex");
      }
      case TEXT, PATH, RATES, HOST_PORT, CIDR -> schema.put("type", "string");
    }
  }
}
