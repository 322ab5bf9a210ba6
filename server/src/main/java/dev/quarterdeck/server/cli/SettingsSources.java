package dev.quarterdeck.server.cli;

import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.server.settings.AppSettingsBinder;
import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the settings of this process come from: files named on the command line, else those of the
/// working directory when they exist; the environment; assignments of the command line.
record SettingsSources(
    @Nullable Path config,
    List<Path> overrides,
    @Nullable Path envFile,
    List<String> assignments,
    Map<String, String> environment) {

  /// The same with a profile, whatever the layers say.
  SettingsSources withProfile(String profile) {
    List<String> more = new ArrayList<>(assignments);
    more.add("profile=" + profile);
    return new SettingsSources(config, overrides, envFile, List.copyOf(more), environment);
  }

  Loader<AppSettings> loader() {
    Loader<AppSettings> loader = Settings.of(AppSettingsBinder.INSTANCE);
    loader = config == null ? loader.tomlIfPresent(Path.of("config.toml")) : loader.toml(config);
    for (Path override : overrides) {
      loader = loader.override(override);
    }
    loader = envFile == null ? loader.dotenvIfPresent(Path.of(".env")) : loader.dotenv(envFile);
    return loader.environment(environment).arguments(assignments);
  }
}
