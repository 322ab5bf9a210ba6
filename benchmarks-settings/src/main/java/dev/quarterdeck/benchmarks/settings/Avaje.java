package dev.quarterdeck.benchmarks.settings;

import io.avaje.config.Configuration;
import java.util.Locale;
import java.util.Map;

/// avaje-config: properties files over each other.
final class Avaje implements Library {
  @Override
  public Object load(Workload workload) {
    Configuration.Builder builder = Configuration.builder();
    for (String name : new String[] {"base", "override", "dotenv"}) {
      builder.load(workload.file(name + ".properties").toFile());
    }
    for (Map.Entry<String, String> each : workload.environment().entrySet()) {
      String key = Workload.key(each.getKey());
      if (!key.isEmpty()) {
        builder.put(key, each.getValue());
      }
    }
    Configuration configuration = builder.build();
    return Records.build(
        workload.keys(),
        new Records.Values() {
          @Override
          public int integer(String key) {
            return configuration.getInt(key);
          }

          @Override
          public long number(String key) {
            return configuration.getLong(key);
          }

          @Override
          public boolean truth(String key) {
            return configuration.getBool(key);
          }

          @Override
          public String text(String key) {
            return configuration.get(key);
          }

          @Override
          public Section.Mode mode(String key) {
            return Section.Mode.valueOf(configuration.get(key).toUpperCase(Locale.ROOT));
          }
        });
  }
}
