package dev.quarterdeck.server.cli;

import dev.quarterdeck.server.settings.TuningPreset;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `quarterdeck config preset`: the tuning of production state for a kind of place.
@Command(
    name = "preset",
    mixinStandardHelpOptions = true,
    description = "Writes a settings file with the tuning of production state for a kind of place.",
    footer = {
      "",
      "To use one, put it over the other files:",
      "  quarterdeck config preset large > preset.toml",
      "  quarterdeck serve --override preset.toml",
      "The environment and --set stand over it, as over every file."
    })
final class ConfigPresetCommand implements Callable<Integer> {
  @ParentCommand private @Nullable ConfigCommand parent;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "local, default, large, unstable-network or docker.")
  private String name = "";

  @Override
  public Integer call() {
    TuningPreset preset = TuningPreset.named(name);
    if (preset == null) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "NAME: %s (expected: one of %s)"
              .formatted(name, String.join(", ", TuningPreset.names())));
    }
    Objects.requireNonNull(parent).root().terminal().out().print(preset.toml());
    return 0;
  }
}
