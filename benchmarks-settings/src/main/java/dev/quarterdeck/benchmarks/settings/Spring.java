package dev.quarterdeck.benchmarks.settings;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/// Spring Boot's binder alone, without an application.
final class Spring implements Library {
  @Override
  public Object load(Workload workload) throws IOException {
    MutablePropertySources sources = new MutablePropertySources();
    Map<String, Object> environment = new HashMap<>(workload.environment());
    sources.addLast(new SystemEnvironmentPropertySource("systemEnvironment", environment));
    PropertiesPropertySourceLoader loader = new PropertiesPropertySourceLoader();
    for (String name : new String[] {"dotenv", "override", "base"}) {
      for (PropertySource<?> source :
          loader.load(name, new FileSystemResource(workload.file(name + ".properties")))) {
        sources.addLast(source);
      }
    }
    Class<?> root =
        switch (workload.keys()) {
          case 10 -> Ten.class;
          case 100 -> Hundred.class;
          default -> Thousand.class;
        };
    return Records.check(
        new Binder(ConfigurationPropertySources.from(sources))
            .bind(ConfigurationPropertyName.EMPTY, Bindable.of(root))
            .get());
  }
}
