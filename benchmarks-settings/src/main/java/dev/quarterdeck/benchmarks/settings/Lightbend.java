package dev.quarterdeck.benchmarks.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Lightbend Config: properties files over each other.
final class Lightbend implements Library {
  @Override
  public Object load(Workload workload) {
    Map<String, Object> environment = new HashMap<>();
    workload
        .environment()
        .forEach(
            (name, value) -> {
              String key = Workload.key(name);
              if (!key.isEmpty()) {
                environment.put(key, value);
              }
            });
    Config merged = ConfigFactory.parseMap(environment, "environment");
    for (String name : new String[] {"dotenv", "override", "base"}) {
      merged =
          merged.withFallback(
              ConfigFactory.parseFile(workload.file(name + ".properties").toFile()));
    }
    Config config = merged.resolve();
    return Records.build(
        workload.keys(),
        new Records.Values() {
          @Override
          public int integer(String key) {
            return config.getInt(key);
          }

          @Override
          public long number(String key) {
            return config.getLong(key);
          }

          @Override
          public boolean truth(String key) {
            return config.getBoolean(key);
          }

          @Override
          public String text(String key) {
            return config.getString(key);
          }

          @Override
          public Section.Mode mode(String key) {
            return Section.Mode.valueOf(config.getString(key).toUpperCase(Locale.ROOT));
          }
        });
  }
}
