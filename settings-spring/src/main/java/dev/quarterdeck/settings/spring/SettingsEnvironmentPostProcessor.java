package dev.quarterdeck.settings.spring;

import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Loader;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/// Loads the settings when a Spring Boot program starts, before its own property files are read:
/// publishes the values above all other properties, and the record as a bean of its type. Faults
/// end the start, and are reported without a stack trace.
///
/// A program extends it and names its class in `META-INF/spring.factories` under
/// `org.springframework.boot.EnvironmentPostProcessor`.
///
/// @param <T> the root record
public abstract class SettingsEnvironmentPostProcessor<T>
    implements EnvironmentPostProcessor, Ordered {
  private static final int AFTER_THE_SYSTEM_ENVIRONMENT = Ordered.HIGHEST_PRECEDENCE + 6;

  /// For subclasses.
  protected SettingsEnvironmentPostProcessor() {}

  /// The layers to load.
  protected abstract Loader<T> loader();

  /// Whether secrets, and URLs with a password, become properties, too. Spring's own diagnostics
  /// see properties, so only the record holds secrets unless a program says otherwise.
  protected boolean publishesSecrets() {
    return false;
  }

  @Override
  public int getOrder() {
    return AFTER_THE_SYSTEM_ENVIRONMENT;
  }

  @Override
  public final void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Loaded<T> loaded = loader().load();
    MutablePropertySources sources = environment.getPropertySources();
    sources.remove(SettingsPropertySource.NAME);
    sources.addFirst(new SettingsPropertySource<>(loaded, publishesSecrets()));
    application.addInitializers(SettingsEnvironmentPostProcessor::register);
  }

  /// Registers the record that the environment holds: an application may be run again.
  private static void register(ConfigurableApplicationContext context) {
    PropertySource<?> source =
        context.getEnvironment().getPropertySources().get(SettingsPropertySource.NAME);
    if (source instanceof SettingsPropertySource<?> settings) {
      Object record = settings.getSource().value();
      ConfigurableListableBeanFactory beans = context.getBeanFactory();
      String name = record.getClass().getName();
      if (!beans.containsSingleton(name)) {
        beans.registerSingleton(name, record);
      }
    }
  }
}
