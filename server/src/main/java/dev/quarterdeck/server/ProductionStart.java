package dev.quarterdeck.server;

import dev.quarterdeck.production.ProductionSlice;
import dev.quarterdeck.production.components.RegistryException;
import dev.quarterdeck.server.cli.ExitCode;
import dev.quarterdeck.server.cli.StartRefused;
import dev.quarterdeck.server.settings.AppSettings;
import java.time.InstantSource;

/// Opens production state as the settings say.
public final class ProductionStart {
  private ProductionStart() {}

  /// Reads COMPONENT_TYPES_YAML; the repository is opened at the first question.
  ///
  /// @throws StartRefused the file cannot be used; exit code 78
  public static ProductionSlice open(AppSettings settings, InstantSource clock) {
    try {
      return ProductionSlice.of(
          settings.production(), settings.storage().dataDir().resolve("production"), clock);
    } catch (RegistryException unusable) {
      throw new StartRefused(
          ExitCode.CONFIG,
          "COMPONENT_TYPES_YAML: the file cannot be used:\n  "
              + String.join("\n  ", unusable.problems()));
    }
  }
}
