package dev.quarterdeck.server.effects;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.quarterdeck.server.settings.AppSettingsBinder;
import dev.quarterdeck.server.settings.Unavailable;
import dev.quarterdeck.settings.schema.Key;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Fails for a setting with a consumer and no test that observes its effect.
class SettingsEffectTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter().importPackages("dev.quarterdeck.server.effects");

  @Test
  void everySettingWithAConsumerHasAnObservedEffect() {
    Set<String> missing = keys();
    missing.removeAll(Unavailable.WITHOUT_EFFECT);
    missing.removeAll(observed());
    assertThat(missing).as("settings without a test that observes their effect").isEmpty();
  }

  @Test
  void whatIsObservedIsASettingWithAConsumer() {
    Set<String> unknown = observed();
    unknown.removeAll(keys());
    assertThat(unknown).as("observed names that no setting has").isEmpty();
    assertThat(observed()).doesNotContainAnyElementsOf(Unavailable.WITHOUT_EFFECT);
  }

  @Test
  void settingsWithoutEffectAreSettings() {
    assertThat(keys()).containsAll(Unavailable.WITHOUT_EFFECT);
  }

  private static Set<String> keys() {
    return AppSettingsBinder.INSTANCE.schema().keys().stream()
        .map(Key::variable)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Names on methods that are tests themselves.
  private static Set<String> observed() {
    return TESTS.stream()
        .flatMap(each -> each.getMethods().stream())
        .filter(method -> method.isAnnotatedWith(Observes.class))
        .filter(method -> method.isAnnotatedWith(Test.class))
        .map((JavaMethod method) -> method.getAnnotationOfType(Observes.class).value())
        .flatMap(Arrays::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
