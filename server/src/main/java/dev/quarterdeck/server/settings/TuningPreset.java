package dev.quarterdeck.server.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Schema;
import dev.quarterdeck.settings.toml.TomlWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tuning of production state that is recommended for a kind of place. What a preset does not
/// name is left as it is.
public enum TuningPreset {
  /// A developer's machine.
  LOCAL("local development, a small repository: little load on the processor", 4, 4, null, null),
  /// The defaults, spelled out.
  DEFAULT("a medium repository: balanced", 8, 8, null, null),
  /// Many components.
  LARGE(
      "a large repository, or a CI job: more processor time; mind Bitbucket's rate limit",
      16,
      12,
      null,
      null),
  /// Connections that are reset.
  UNSTABLE_NETWORK("an unstable network: more patience, fewer connections", null, null, 16, "5s"),
  /// A container in production.
  DOCKER("a container in production", 16, 10, 40, "3s");

  private static final Schema SCHEMA = AppSettingsBinder.INSTANCE.schema();

  private final String purpose;
  private final @Nullable Integer apiWorkers;
  private final @Nullable Integer bitbucketWorkers;
  private final @Nullable Integer connections;
  private final @Nullable String timeout;

  TuningPreset(
      String purpose,
      @Nullable Integer apiWorkers,
      @Nullable Integer bitbucketWorkers,
      @Nullable Integer connections,
      @Nullable String timeout) {
    this.purpose = purpose;
    this.apiWorkers = apiWorkers;
    this.bitbucketWorkers = bitbucketWorkers;
    this.connections = connections;
    this.timeout = timeout;
  }

  /// The preset of a name as commands take it, null when there is none.
  public static @Nullable TuningPreset named(String name) {
    return Arrays.stream(values())
        .filter(one -> one.toString().equals(name))
        .findFirst()
        .orElse(null);
  }

  /// All names.
  public static List<String> names() {
    return Arrays.stream(values()).map(TuningPreset::toString).toList();
  }

  /// What it is for.
  public String purpose() {
    return purpose;
  }

  /// The values that it sets, by environment name.
  public Map<String, Object> settings() {
    Map<String, Object> values = new LinkedHashMap<>();
    put(values, "API_MAX_WORKERS", apiWorkers);
    put(values, "BITBUCKET_MAX_WORKERS", bitbucketWorkers);
    put(values, "BITBUCKET_POOL_MAXSIZE", connections);
    put(values, "BITBUCKET_TIMEOUT", timeout);
    return values;
  }

  private static void put(Map<String, Object> values, String variable, @Nullable Object value) {
    if (value != null) {
      values.put(variable, value);
    }
  }

  /// Its name as commands take it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// A settings file with the values.
  public String toml() {
    Map<String, Map<String, Object>> tables = new TreeMap<>();
    settings()
        .forEach(
            (variable, value) -> {
              Key key = Objects.requireNonNull(SCHEMA.byVariable(variable));
              String table = key.path().substring(0, key.path().lastIndexOf('.'));
              tables.computeIfAbsent(table, none -> new LinkedHashMap<>()).put(key.name(), value);
            });
    return "# Preset %s, for %s.\n%s".formatted(toString(), purpose, TomlWriter.write(tables));
  }
}
