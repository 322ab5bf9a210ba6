package dev.quarterdeck.settings.schema;

/// The types that one text or number gives.
enum Scalar {
  TEXT("text", "a text", false, false),
  INT("integer", "a whole number", true, false),
  LONG("integer", "a whole number", true, false),
  DOUBLE("number", "a number", true, true),
  BOOLEAN("boolean", "true or false", false, false),
  PATH("path", "a path", false, false),
  URI("URL", "a URL such as https://example.org/path", false, false),
  DURATION("duration", "a duration such as 500ms, 2s, 1h30m or 7d", true, true),
  BYTES("byte size", "a number of bytes such as 4096, 10 MB or 10 MiB", true, false),
  CPU("CPU quantity", "an amount of CPU such as 500m or 1.5", true, true),
  MEMORY("memory quantity", "an amount of memory such as 128Mi or 1Gi", true, false),
  RATES("rate limits", "rate limits such as 100/minute or 10 per hour; 5/2 seconds", false, false),
  HOST_PORT("host:port", "an address such as kafka:29092", false, false),
  PATTERN("regular expression", "a regular expression", false, false),
  CIDR("address block", "an address block such as 10.0.0.0/8", false, false);

  final String label;
  final String expected;
  final boolean integers;
  final boolean floats;

  Scalar(String label, String expected, boolean integers, boolean floats) {
    this.label = label;
    this.expected = expected;
    this.integers = integers;
    this.floats = floats;
  }

  /// Whether TOML writes it as a string, as a rule or among others.
  boolean strings() {
    return switch (this) {
      case INT, LONG, DOUBLE, BOOLEAN -> false;
      case TEXT, PATH, URI, DURATION, BYTES, CPU, MEMORY, RATES, HOST_PORT, PATTERN, CIDR -> true;
    };
  }
}
