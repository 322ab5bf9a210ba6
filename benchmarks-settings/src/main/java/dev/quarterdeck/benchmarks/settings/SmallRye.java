package dev.quarterdeck.benchmarks.settings;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Locale;

/// SmallRye Config, read key by key: its mappings make classes at run time and take longer.
final class SmallRye implements Library {
  @Override
  public Object load(Workload workload) throws IOException {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    int ordinal = 100;
    for (String name : new String[] {"base", "override", "dotenv"}) {
      builder.withSources(
          new PropertiesConfigSource(
              workload.file(name + ".properties").toUri().toURL(), ordinal++));
    }
    builder.withSources(new EnvConfigSource(workload.environment(), ordinal));
    SmallRyeConfig config = builder.build();
    return Records.build(
        workload.keys(),
        new Records.Values() {
          @Override
          public int integer(String key) {
            return config.getValue(key, Integer.class);
          }

          @Override
          public long number(String key) {
            return config.getValue(key, Long.class);
          }

          @Override
          public boolean truth(String key) {
            return config.getValue(key, Boolean.class);
          }

          @Override
          public String text(String key) {
            return config.getValue(key, String.class);
          }

          @Override
          public Section.Mode mode(String key) {
            return Section.Mode.valueOf(
                config.getValue(key, String.class).toUpperCase(Locale.ROOT));
          }
        });
  }
}
