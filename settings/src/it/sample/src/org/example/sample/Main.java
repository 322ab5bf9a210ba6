package org.example.sample;

import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.SettingsException;
import dev.quarterdeck.settings.render.Show;
import java.nio.file.Path;
import java.util.List;

/// Shows its settings, or what is wrong with them.
public final class Main {
  private Main() {}

  /// Takes `KEY=VALUE` arguments.
  public static void main(String[] arguments) {
    try {
      Loaded<AppSettings> loaded =
          Settings.of(AppSettingsBinder.INSTANCE)
              .toml(Path.of("config.toml"))
              .dotenvIfPresent(Path.of(".env"))
              .environment(System.getenv())
              .arguments(List.of(arguments))
              .load();
      System.out.print(Show.text(loaded.provenance()));
      System.out.println(loaded.value());
    } catch (SettingsException e) {
      System.err.println(e.getMessage());
      System.exit(SettingsException.EXIT_CODE);
    }
  }
}
