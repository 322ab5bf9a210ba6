package dev.quarterdeck.settings.microprofile;

import dev.quarterdeck.settings.FlatValue;
import dev.quarterdeck.settings.Loaded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/// The values of a load as a source of MicroProfile Config, under their paths
/// (`kafka.max_poll_records`), above the system properties and the environment. Immutable.
public final class SettingsConfigSource implements ConfigSource {
  /// Above system properties (400) and environment (300), which the engine has read as it should.
  public static final int ORDINAL = 500;

  private final Map<String, String> properties = new LinkedHashMap<>();

  /// The values of a load.
  ///
  /// @param secrets whether secrets, and URLs with a password, are properties, too
  public SettingsConfigSource(Loaded<?> loaded, boolean secrets) {
    FlatValue.all(loaded, secrets)
        .forEach((name, value) -> properties.put(name, text(value.value())));
  }

  /// As the converters of MicroProfile read it: durations by ISO 8601, commas escaped in lists.
  private static String text(Object value) {
    if (!(value instanceof List<?> list)) {
      return value.toString();
    }
    StringBuilder text = new StringBuilder();
    for (Object element : list) {
      text.append(text.isEmpty() ? "" : ",");
      text.append(text(element).replace("\\", "\\\\").replace(",", "\\,"));
    }
    return text.toString();
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.copyOf(properties);
  }

  @Override
  public Set<String> getPropertyNames() {
    return Set.copyOf(properties.keySet());
  }

  @Override
  public @Nullable String getValue(String name) {
    return properties.get(name);
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }

  @Override
  public String getName() {
    return "quarterdeck settings";
  }

  @Override
  public String toString() {
    return "SettingsConfigSource[" + properties.size() + " properties]";
  }
}
