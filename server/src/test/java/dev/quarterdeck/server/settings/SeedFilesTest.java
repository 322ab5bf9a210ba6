package dev.quarterdeck.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.production.ProductionSettings;
import dev.quarterdeck.server.TestServer;
import dev.quarterdeck.server.cli.Outcome;
import dev.quarterdeck.server.house.Repository;
import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.schema.Key;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The blocks of the documented configuration pages load as they stand; the defaults are those of
/// the catalogue; nothing shows a secret.
class SeedFilesTest {
  private static final List<String> BLOCKS =
      List.of("core", "kubernetes", "kafka", "sse", "tracing", "dlq", "service", "server");

  @Test
  void theTomlBlocksOfTheExecutionSystemLoadVerbatim() throws URISyntaxException {
    Loader<AppSettings> loader = Settings.of(AppSettingsBinder.INSTANCE);
    for (String block : BLOCKS) {
      loader = loader.toml(resource(block + ".toml"));
    }
    AppSettings settings = loader.load().value();
    assertThat(settings.core().projectName()).isEqualTo("integr8scode");
    assertThat(settings.mongo().port()).isEqualTo(27017);
    assertThat(settings.kubernetes().configPath()).hasToString("/app/kubeconfig.yaml");
    assertThat(settings.k8s().podExecutionTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.k8s().podMemoryLimit().bytes()).isEqualTo(128L << 20);
    assertThat(settings.protection().rateLimits().text()).isEqualTo("100/minute");
    assertThat(settings.server().host()).isEqualTo("0.0.0.0");
    assertThat(settings.kafka().bootstrapServers()).hasToString("[kafka:29092]");
    assertThat(settings.events().enableEventStreaming()).isTrue();
    assertThat(settings.events().eventRetentionDays()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.kafka().sessionTimeoutMs()).isEqualTo(Duration.ofSeconds(45));
    assertThat(settings.sse().consumerPoolSize()).isEqualTo(10);
    assertThat(settings.telemetry().tracing().samplingRate()).isEqualTo(1.0);
    assertThat(settings.dlq().retryBaseDelaySeconds()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.telemetry().otel().exporterOtlpEndpoint())
        .isEqualTo("http://otel-collector:4317");
    assertThat(settings.web().concurrency()).isEqualTo(2);
    assertThat(settings.redis().maxConnections()).isEqualTo(200);
  }

  @Test
  void theTomlBlocksLoadAsOneFileToo(@TempDir Path directory) throws Exception {
    StringBuilder all = new StringBuilder();
    for (String block : BLOCKS) {
      all.append(Files.readString(resource(block + ".toml"))).append('\n');
    }
    Path file = Files.writeString(directory.resolve("config.toml"), all);
    Loaded<AppSettings> loaded = Settings.of(AppSettingsBinder.INSTANCE).toml(file).load();
    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.value().dlq().criticalThreshold()).isEqualTo(1000);
  }

  @Test
  void theCommittedBlocksStandInTheDocumentedPagesAsTheyAre() throws Exception {
    Path pages = Repository.root().resolve("../shared/seeds");
    List<String> documented = new ArrayList<>();
    if (Files.isDirectory(pages)) {
      try (Stream<Path> files = Files.list(pages)) {
        for (Path file : files.toList()) {
          documented.add(Files.readString(file));
        }
      }
      for (String block : BLOCKS) {
        String text = Files.readString(resource(block + ".toml")).strip();
        assertThat(documented).as(block).anyMatch(page -> page.contains(text));
      }
      String exports = Files.readString(resource("exports.env")).strip();
      assertThat(documented).anyMatch(page -> page.contains(exports));
    } else {
      assertThat(BLOCKS).hasSize(8);
    }
  }

  @Test
  void everyNameOfTheCatalogueIsASetting() throws Exception {
    List<String> names = Files.readAllLines(resource("catalogue.txt"));
    assertThat(names).hasSizeGreaterThan(95);
    assertThat(AppSettingsBinder.INSTANCE.schema().keys().stream().map(Key::variable))
        .containsAll(names);
  }

  @Test
  void theExportsOfTheProductionStateSystemLoadVerbatim() throws URISyntaxException {
    ProductionSettings settings =
        Settings.of(AppSettingsBinder.INSTANCE)
            .dotenv(resource("exports.env"))
            .load()
            .value()
            .production();
    assertThat(settings.api().maxWorkers()).isEqualTo(8);
    assertThat(settings.bitbucket().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.bitbucket().token().orElseThrow().reveal())
        .isEqualTo("your_bitbucket_token");
    assertThat(settings.bitbucket().workspace()).contains("lla-dev");
    assertThat(settings.bitbucket().repo()).contains("copado_lla");
    assertThat(settings.selfBaseUrl()).hasToString("http://127.0.0.1:5000");
  }

  @ParameterizedTest
  @CsvSource({
    "PAGE_SIZE,10,5,25",
    "MAX_PAGE_SIZE,100,100,100",
    "CACHE_TTL_SECONDS,30s,300s,600s",
    "CACHE_MAX_ENTRIES,128,1024,4096",
    "BCRYPT_ROUNDS,12,4,12",
    "SECURE_COOKIES,false,false,true",
    "LOG_LEVEL,INFO,INFO,INFO",
    "LOG_FORMAT,text,text,json",
    "ALGORITHM,HS256,HS256,HS256",
    "RATE_LIMIT_ENABLED,true,false,true",
    "REGISTRATION_ENABLED,true,true,false",
    "WEB_CONCURRENCY,4,4,4",
    "WEB_BACKLOG,2048,2048,2048",
    "SERVER_PORT,5000,5000,5000",
    "K8S_POD_CPU_LIMIT,1000m,1000m,1000m",
    "DLQ_CRITICAL_THRESHOLD,1000,1000,1000",
    "KAFKA_MAX_POLL_RECORDS,500,500,500"
  })
  void defaultsAreThoseOfTheCatalogue(String name, String dev, String test, String production) {
    assertDefault("development", name, dev);
    assertDefault("test", name, test);
    assertDefault("production", name, production);
  }

  private static void assertDefault(String profile, String name, String expected) {
    Loaded<AppSettings> plain = load(profile, Map.of());
    Loaded<AppSettings> given = load(profile, Map.of(name, expected));
    Key key = Objects.requireNonNull(plain.schema().byVariable(name));
    assertThat(plain.provenance().plain(key)).isEqualTo(given.provenance().plain(key));
  }

  private static Loaded<AppSettings> load(String profile, Map<String, String> more) {
    HashMap<String, String> variables = new HashMap<>(more);
    variables.put("PROFILE", profile);
    variables.put("SECRET_KEY", "a key for production of 40 characters...");
    return Settings.of(AppSettingsBinder.INSTANCE).environment(variables).load();
  }

  @Test
  void productionRefusesEverythingAtOnce() {
    assertThat(faults(Map.of("PROFILE", "production", "PAGE_SIZE", "200", "WEB_THREADS", "0")))
        .contains("secret_key", "page_size", "web.threads");
    assertThat(
            faults(
                Map.of(
                    "PROFILE", "production",
                    "PAGE_SIZE", "200",
                    "SECRET_KEY", "CHANGE_ME_min_32_chars_long_!!!!")))
        .contains("secret_key", "page_size");
    assertThat(Outcome.of("serve", "--set", "PROFILE=production").exitCode()).isEqualTo(78);
  }

  private static List<String> faults(Map<String, String> variables) {
    Checkup<AppSettings> checkup =
        Settings.of(AppSettingsBinder.INSTANCE).environment(variables).check();
    assertThat(checkup.report()).doesNotContain("CHANGE_ME");
    return checkup.faults().stream().map(Fault::key).toList();
  }

  @Test
  void configShowsTheSettingsAndNoSecret() throws Exception {
    String canary = "canary-that-nobody-may-see-0123456789";
    HashMap<String, String> variables = new HashMap<>();
    for (Key key : AppSettingsBinder.INSTANCE.schema().keys()) {
      if (key.secret()) {
        variables.put(key.variable(), canary + key.variable());
      }
    }
    variables.put("BITBUCKET_WORKSPACE", "lla-dev");
    variables.put("BITBUCKET_REPO", "copado_lla");
    assertThat(variables).containsKeys("SECRET_KEY", "MONGO_PASSWORD", "BITBUCKET_TOKEN");
    try (TestServer server = TestServer.start(variables)) {
      String text = server.user().get("/api/config").expect(200).text();
      assertThat(text).doesNotContain("canary");
      JsonNode config = JsonMapper.shared().readTree(text);
      assertThat(config.get("API_MAX_WORKERS").asInt()).isEqualTo(8);
      assertThat(config.get("BITBUCKET_TIMEOUT").asDouble()).isEqualTo(2.0);
      assertThat(config.get("workspace").asString()).isEqualTo("lla-dev");
      assertThat(config.get("repo").asString()).isEqualTo("copado_lla");
      assertThat(config.get("base_url").asString()).isEqualTo("https://api.bitbucket.org/2.0");
      assertThat(config.get("ALGORITHM").asString()).isEqualTo("HS256");
      assertThat(config.get("LOG_LEVEL").asString()).isEqualTo("INFO");
      assertThat(config.get("PROFILE").asString()).isEqualTo("test");
      for (String name : variables.keySet()) {
        assertThat(config.has(name))
            .isEqualTo(name.startsWith("BITBUCKET_") && !name.endsWith("TOKEN"));
      }
    }
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(SeedFilesTest.class.getResource("/seeds/" + name)).toURI());
  }
}
