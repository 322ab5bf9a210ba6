package dev.quarterdeck.settings.microprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Settings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bridge under a real implementation of MicroProfile Config.
class SmallRyeTest {
  @TempDir Path directory;

  private Loaded<ShopSettings> load() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("config.toml"),
            """
            port = 8443
            request_timeout = "1h30m"
            callers = ["a,b", 'c\\']
            labels = { team = "x", "a.b" = "y" }
            reports = "https://example.org/"

            [[carriers]]
            name = "Post"
            prices = [{ max_weight = 2 }, { max_weight = 5, valid_for = "2h" }]

            [[carriers]]
            name = "Bike"

            [shelves.top_left]
            max_items = 7
            goods = ["a,b", "c"]
            [shelves."a.B c"]
            """);
    return Settings.of(ShopSettingsBinder.INSTANCE)
        .toml(file)
        .environment(
            Map.of(
                "SHOP_DATABASE_PASSWORD", "pa55word",
                "SHOP_CARRIERS_0_ADDRESS", "https://us:pa55word@post",
                "SHOP_CARRIERS_0_TOKEN", "pa55word"))
        .load();
  }

  private static Config config(SettingsConfigSource source) {
    return ConfigProviderResolver.instance()
        .getBuilder()
        .addDefaultSources()
        .withSources(source)
        .build();
  }

  @Test
  void valuesConvertAsThePropertiesOfAnyOtherSource() throws IOException {
    Config config = config(new SettingsConfigSource(load(), false));

    assertThat(config.getValue("port", Integer.class)).isEqualTo(8443);
    assertThat(config.getValue("request_timeout", Duration.class))
        .isEqualTo(Duration.ofMinutes(90));
    assertThat(config.getValues("callers", String.class)).containsExactly("a,b", "c\\");
    assertThat(config.getValue("labels.team", String.class)).isEqualTo("x");
    assertThat(config.getValue("pool.shared", Boolean.class)).isTrue();
    assertThat(config.getOptionalValue("pool.max_size", Long.class)).contains(10L);
    assertThat(config.getConfigValue("port").getSourceName()).isEqualTo("quarterdeck settings");
    assertThat(config.getConfigValue("port").getSourceOrdinal()).isEqualTo(500);
  }

  @Test
  void valueStandsAboveSystemPropertiesAndEnvironment() throws IOException {
    System.setProperty("port", "1");
    try {
      assertThat(config(new SettingsConfigSource(load(), false)).getValue("port", Integer.class))
          .isEqualTo(8443);
    } finally {
      System.clearProperty("port");
    }
  }

  @Test
  void settingWithoutValueAndSecretsAreNoProperties() throws IOException {
    Config closed = config(new SettingsConfigSource(load(), false));
    Config open = config(new SettingsConfigSource(load(), true));

    assertThatThrownBy(() -> closed.getValue("database_password", String.class))
        .isInstanceOf(NoSuchElementException.class);
    assertThat(open.getValue("database_password", String.class)).isEqualTo("pa55word");
    assertThat(closed.getOptionalValue("carriers[0].token", String.class)).isEmpty();
    assertThat(closed.getOptionalValue("carriers[0].address", String.class)).isEmpty();
    assertThat(open.getValue("carriers[0].token", String.class)).isEqualTo("pa55word");
    assertThat(String.join(" ", new SettingsConfigSource(load(), false).getProperties().values()))
        .doesNotContain("pa55word");
    assertThat(new SettingsConfigSource(load(), true).toString()).doesNotContain("pa55word");
  }

  /// As SmallRye maps it.
  @ConfigMapping(namingStrategy = ConfigMapping.NamingStrategy.SNAKE_CASE)
  interface Shop {
    int port();

    List<String> callers();

    Map<String, String> labels();

    Optional<String> reports();

    Pool pool();

    List<Carrier> carriers();

    Map<String, Shelf> shelves();

    interface Carrier {
      String name();

      List<Price> prices();
    }

    interface Price {
      int maxWeight();

      Duration validFor();
    }

    interface Shelf {
      int maxItems();

      Optional<List<String>> goods();
    }

    interface Pool {
      int maxSize();
    }
  }

  @Test
  void mappingsTakeTheValues() throws IOException {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new SettingsConfigSource(load(), false))
            .withMapping(Shop.class)
            .withMappingIgnore("**")
            .build();

    Shop shop = config.getConfigMapping(Shop.class);

    assertThat(shop.port()).isEqualTo(8443);
    assertThat(shop.callers()).containsExactly("a,b", "c\\");
    assertThat(shop.labels()).containsEntry("team", "x");
    assertThat(shop.reports()).contains("https://example.org/");
    assertThat(shop.pool().maxSize()).isEqualTo(10);
    assertThat(shop.carriers()).extracting(Shop.Carrier::name).containsExactly("Post", "Bike");
    assertThat(shop.carriers().getFirst().prices().get(1).validFor())
        .isEqualTo(Duration.ofHours(2));
    assertThat(shop.shelves()).containsOnlyKeys("top_left", "a.B c");
    assertThat(shop.shelves())
        .hasEntrySatisfying(
            "top_left", shelf -> assertThat(shelf.goods()).contains(List.of("a,b", "c")))
        .hasEntrySatisfying("a.B c", shelf -> assertThat(shelf.maxItems()).isEqualTo(5));
  }
}
