package dev.quarterdeck.benchmarks.settings;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.exceptions.GestaltException;
import org.github.gestalt.config.source.FileConfigSourceBuilder;
import org.github.gestalt.config.source.MapConfigSourceBuilder;

/// Gestalt, read key by key.
final class GestaltLibrary implements Library {
  @Override
  public Object load(Workload workload) throws IOException {
    Map<String, String> environment = new HashMap<>();
    workload
        .environment()
        .forEach(
            (name, value) -> {
              String key = Workload.key(name);
              if (!key.isEmpty()) {
                environment.put(key, value);
              }
            });
    try {
      GestaltBuilder builder = new GestaltBuilder();
      for (String name : new String[] {"base", "override", "dotenv"}) {
        builder.addSource(
            FileConfigSourceBuilder.builder().setPath(workload.file(name + ".properties")).build());
      }
      builder.addSource(MapConfigSourceBuilder.builder().setCustomConfig(environment).build());
      Gestalt gestalt = builder.build();
      gestalt.loadConfigs();
      return Records.build(workload.keys(), new Getters(gestalt));
    } catch (GestaltException failed) {
      throw new IOException(failed);
    }
  }

  private record Getters(Gestalt gestalt) implements Records.Values {
    private <T> T get(String key, Class<T> type) {
      try {
        return gestalt.getConfig(key, type);
      } catch (GestaltException failed) {
        throw new IllegalArgumentException(key, failed);
      }
    }

    @Override
    public int integer(String key) {
      return get(key, Integer.class);
    }

    @Override
    public long number(String key) {
      return get(key, Long.class);
    }

    @Override
    public boolean truth(String key) {
      return get(key, Boolean.class);
    }

    @Override
    public String text(String key) {
      return get(key, String.class);
    }

    @Override
    public Section.Mode mode(String key) {
      return Section.Mode.valueOf(get(key, String.class).toUpperCase(Locale.ROOT));
    }
  }
}
