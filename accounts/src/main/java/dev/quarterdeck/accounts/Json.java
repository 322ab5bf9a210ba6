package dev.quarterdeck.accounts;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of stored bodies: snake case, UTF-8.
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Json() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static <T> T read(byte[] body, Class<T> type) {
    return MAPPER.readValue(body, type);
  }
}
