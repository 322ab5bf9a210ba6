package dev.quarterdeck.benchmarks.settings;

import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.schema.Binder;

/// This project's engine: TOML, `.env`, environment, with every place kept.
final class Quarterdeck implements Library {
  @Override
  public Object load(Workload workload) {
    return switch (workload.keys()) {
      case 10 -> load(TenBinder.INSTANCE, workload);
      case 100 -> load(HundredBinder.INSTANCE, workload);
      default -> load(ThousandBinder.INSTANCE, workload);
    };
  }

  private static <T> Object load(Binder<T> binder, Workload workload) {
    return Settings.of(binder)
        .toml(workload.file("base.toml"))
        .override(workload.file("override.toml"))
        .dotenv(workload.file(".env"))
        .environment(workload.environment())
        .load()
        .value();
  }
}
