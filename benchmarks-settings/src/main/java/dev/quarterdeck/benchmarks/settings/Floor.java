package dev.quarterdeck.benchmarks.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/// What a program would do by hand with the JDK alone: properties files over each other, a map, a
/// record; no places, no lists of faults.
final class Floor implements Library {
  @Override
  public Object load(Workload workload) throws IOException {
    Properties merged = new Properties();
    for (String name : new String[] {"base", "override", "dotenv"}) {
      try (InputStream in = Files.newInputStream(workload.file(name + ".properties"))) {
        merged.load(in);
      }
    }
    Map<String, String> values = new HashMap<>();
    merged.forEach((key, value) -> values.put((String) key, (String) value));
    workload
        .environment()
        .forEach(
            (name, value) -> {
              String key = Workload.key(name);
              if (values.containsKey(key)) {
                values.put(key, value);
              }
            });
    return Records.build(workload.keys(), new Texts(values));
  }

  /// Reads texts as the JDK does.
  record Texts(Map<String, String> values) implements Records.Values {
    @Override
    public int integer(String key) {
      return Integer.parseInt(text(key));
    }

    @Override
    public long number(String key) {
      return Long.parseLong(text(key));
    }

    @Override
    public boolean truth(String key) {
      return Boolean.parseBoolean(text(key));
    }

    @Override
    public String text(String key) {
      String value = values.get(key);
      if (value == null) {
        throw new IllegalArgumentException(key + ": missing");
      }
      return value;
    }

    @Override
    public Section.Mode mode(String key) {
      return Section.Mode.valueOf(text(key).toUpperCase(Locale.ROOT));
    }
  }
}
