package dev.quarterdeck.settings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/// The bridge in a real Spring Boot program, found through `META-INF/spring.factories`.
class SpringBootTest {
  @TempDir static Path directory;
  private static Map<String, String> variables = Map.of();
  private static boolean secrets;

  /// What the program registers.
  public static final class PostProcessor extends SettingsEnvironmentPostProcessor<ShopSettings> {
    /// For Spring.
    public PostProcessor() {}

    @Override
    protected Loader<ShopSettings> loader() {
      return Settings.of(ShopSettingsBinder.INSTANCE)
          .tomlIfPresent(directory.resolve("config.toml"))
          .environment(variables);
    }

    @Override
    protected boolean publishesSecrets() {
      return secrets;
    }
  }

  /// The program.
  static final class Shop {}

  /// As Spring binds it, from the properties alone.
  record Bound(int port, Duration requestTimeout, List<String> callers, Pool pool) {
    record Pool(int maxSize, boolean shared) {}
  }

  @BeforeEach
  void files() throws IOException {
    variables =
        Map.of(
            "SHOP_DATABASE_PASSWORD", "pa55word",
            "SHOP_POOL_MAX_SIZE", "7",
            "SHOP_CARRIERS_0_ADDRESS", "https://us:pa55word@post",
            "SHOP_CARRIERS_0_TOKEN", "pa55word");
    secrets = false;
    Files.writeString(
        directory.resolve("config.toml"),
        """
        port = 8443
        request_timeout = "1h30m"
        callers = ["a,b", "c"]
        labels = { team_name = "x" }

        [[carriers]]
        name = "Post"
        prices = [{ max_weight = 2 }, { max_weight = 5, valid_for = "2h" }]

        [[carriers]]
        name = "Bike"

        [shelves.top_left]
        max_items = 7
        goods = ["a,b"]
        [shelves."a.B c"]
        """);
  }

  private static SpringApplication application() {
    SpringApplication application = new SpringApplication(Shop.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    return application;
  }

  private static @Nullable String origin(ConfigurableEnvironment environment, String name) {
    PropertySource<?> source = environment.getPropertySources().get(SettingsPropertySource.NAME);
    return String.valueOf(OriginLookup.getOrigin(source, name));
  }

  @Test
  void valuesArePropertiesWithTheirOriginAndBindAsSpringsOwn() {
    try (ConfigurableApplicationContext context = application().run("--port=1")) {
      ConfigurableEnvironment environment = context.getEnvironment();

      assertThat(environment.getProperty("port", Integer.class)).isEqualTo(8443);
      assertThat(environment.getProperty("pool.max-size")).isEqualTo("7");
      assertThat(environment.getProperty("request-timeout", Duration.class))
          .isEqualTo(Duration.ofMinutes(90));
      assertThat(environment.getProperty("labels.team_name")).isEqualTo("x");
      assertThat(environment.containsProperty("reports")).isFalse();
      assertThat(environment.resolvePlaceholders("on ${port}")).isEqualTo("on 8443");
      assertThat(Binder.get(environment).bind("", Bindable.of(Bound.class)).get())
          .isEqualTo(
              new Bound(
                  8443, Duration.ofMinutes(90), List.of("a,b", "c"), new Bound.Pool(7, true)));
      assertThat(origin(environment, "port")).endsWith("config.toml] - 1:8");
      assertThat(origin(environment, "pool.max-size"))
          .isEqualTo("environment variable SHOP_POOL_MAX_SIZE");
      assertThat(origin(environment, "pool.shared")).isEqualTo("default");
    }
  }

  /// Lists and maps of tables as Spring binds them.
  record Stock(List<Carrier> carriers, Map<String, Shelf> shelves) {
    record Carrier(String name, @Nullable List<Price> prices) {}

    record Price(int maxWeight, Duration validFor) {}

    record Shelf(int maxItems, @Nullable List<String> goods) {}
  }

  @Test
  void valuesOfTheTablesOfListsAndMapsAreProperties() {
    variables =
        Map.of("SHOP_DATABASE_PASSWORD", "pa55word", "SHOP_CARRIERS_0_PRICES_1_MAX_WEIGHT", "6");
    try (ConfigurableApplicationContext context = application().run()) {
      ConfigurableEnvironment environment = context.getEnvironment();
      Stock stock = Binder.get(environment).bind("", Bindable.of(Stock.class)).get();

      assertThat(stock.carriers()).extracting(Stock.Carrier::name).containsExactly("Post", "Bike");
      assertThat(stock.carriers().getFirst().prices())
          .containsExactly(
              new Stock.Price(2, Duration.ofHours(1)), new Stock.Price(6, Duration.ofHours(2)));
      assertThat(stock.shelves()).containsOnlyKeys("top_left", "a.B c");
      assertThat(stock.shelves().get("top_left")).isEqualTo(new Stock.Shelf(7, List.of("a,b")));
      assertThat(environment.getProperty("carriers[0].prices[1].valid-for", Duration.class))
          .isEqualTo(Duration.ofHours(2));
      assertThat(origin(environment, "carriers[0].prices[1].max-weight"))
          .isEqualTo("environment variable SHOP_CARRIERS_0_PRICES_1_MAX_WEIGHT");
      assertThat(origin(environment, "shelves[top_left].max-items"))
          .endsWith("config.toml] - 14:13");
    }
  }

  @Test
  void recordIsABean() {
    try (ConfigurableApplicationContext context = application().run()) {
      ShopSettings settings = context.getBean(ShopSettings.class);

      assertThat(settings.pool().maxSize()).isEqualTo(7);
      assertThat(settings.databasePassword().reveal()).isEqualTo("pa55word");
    }
  }

  @Test
  void applicationThatRunsAgainLoadsAgain() throws IOException {
    SpringApplication application = application();
    application.run().close();
    Files.writeString(directory.resolve("config.toml"), "port = 8444");

    try (ConfigurableApplicationContext context = application.run()) {
      assertThat(context.getEnvironment().getProperty("port")).isEqualTo("8444");
      assertThat(context.getBean(ShopSettings.class).port()).isEqualTo(8444);
    }
  }

  @Test
  void secretsBecomePropertiesOnlyWhenTheProgramSaysSo() {
    try (ConfigurableApplicationContext context = application().run()) {
      assertThat(context.getEnvironment().containsProperty("database-password")).isFalse();
      assertThat(context.getEnvironment().containsProperty("carriers[0].token")).isFalse();
      assertThat(context.getEnvironment().containsProperty("carriers[0].address")).isFalse();
    }
    secrets = true;
    try (ConfigurableApplicationContext context = application().run()) {
      assertThat(context.getEnvironment().getProperty("database-password")).isEqualTo("pa55word");
      assertThat(context.getEnvironment().getProperty("carriers[0].token")).isEqualTo("pa55word");
      assertThat(context.getEnvironment().getPropertySources().toString())
          .doesNotContain("pa55word");
    }
  }

  @Test
  void faultsEndTheStartWithTheWholeReport() {
    variables = Map.of("SHOP_PORT", "0");

    assertThatThrownBy(() -> application().run())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("2 problems");

    FailureAnalysis analysis = analysisOf();
    assertThat(analysis.getDescription())
        .contains("environment variable SHOP_PORT: port: 0 (expected: at least 1)")
        .contains("database_password: not set");
  }

  private static FailureAnalysis analysisOf() {
    try (ConfigurableApplicationContext context = application().run()) {
      throw new AssertionError("the start should have failed: " + context);
    } catch (SettingsException e) {
      FailureAnalysis analysis = new SettingsFailureAnalyzer().analyze(new RuntimeException(e));
      if (analysis == null) {
        throw new AssertionError("no analysis");
      }
      return analysis;
    }
  }
}
