package dev.quarterdeck.server.cli;

import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.server.settings.AppSettingsBinder;
import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.Loaded;
import dev.quarterdeck.settings.Provenance;
import dev.quarterdeck.settings.render.EffectiveToml;
import dev.quarterdeck.settings.render.Examples;
import dev.quarterdeck.settings.render.Explain;
import dev.quarterdeck.settings.render.FaultsJson;
import dev.quarterdeck.settings.render.JsonSchema;
import dev.quarterdeck.settings.render.Reference;
import dev.quarterdeck.settings.render.Show;
import dev.quarterdeck.settings.schema.Key;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `quarterdeck config`: what the settings are, where they come from, what is wrong with them.
@Command(
    name = "config",
    description = "Checks, shows and explains the settings.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConfigDiffCommand.class, ConfigPresetCommand.class})
final class ConfigCommand {
  @ParentCommand private @Nullable QuarterdeckCommand parent;
  @Spec private @Nullable CommandSpec spec;

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reports everything that is wrong with the settings; exit code 78 if anything.")
  int check(@Option(names = "--json", description = "The report as JSON.") boolean json) {
    Checkup<AppSettings> checkup = root().sources().loader().check();
    Terminal terminal = root().terminal();
    if (json) {
      terminal.out().println(FaultsJson.write(checkup));
    } else {
      String report = checkup.report();
      if (!report.isEmpty()) {
        terminal.err().println(report);
      }
      checkup
          .loaded()
          .ifPresent(
              loaded -> {
                for (Fault miss : loaded.nearMisses()) {
                  terminal.err().println(QuarterdeckCommand.warning(miss));
                }
                terminal
                    .out()
                    .println(
                        "ok: %d settings, profile %s"
                            .formatted(loaded.schema().keys().size(), loaded.profile()));
              });
    }
    return checkup.ok() ? 0 : ExitCode.CONFIG;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows every setting, its value and where it comes from.")
  int show(@Option(names = "--json", description = "As JSON.") boolean json) {
    Loaded<AppSettings> loaded = root().load();
    root()
        .terminal()
        .out()
        .println(
            json
                ? Show.json(loaded.provenance())
                : Show.text(loaded.provenance(), root().terminal().colours()));
    return 0;
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "Shows one setting: what it does, and every layer that defines it.")
  int explain(
      @Parameters(
              paramLabel = "KEY",
              description = "page_size, PAGE_SIZE or kafka.max_poll_records.")
          String name,
      @Option(names = "--json", description = "As JSON.") boolean json) {
    Checkup<AppSettings> checkup = root().sources().loader().check();
    Provenance provenance = checkup.provenance();
    Terminal terminal = root().terminal();
    Key key = provenance.find(name);
    if (key == null) {
      String nearest = checkup.nearest(name);
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "KEY: %s (expected: a setting%s)"
              .formatted(name, nearest == null ? "" : "; did you mean " + nearest + "?"));
    }
    terminal
        .out()
        .println(
            json
                ? Explain.json(provenance, key)
                : Explain.text(provenance, key, terminal.colours()));
    return faultsOf(checkup, key, terminal);
  }

  /// Says what is wrong with one setting, and that others are wrong, too. Explaining is how one
  /// finds out, so it does not need settings without faults.
  private static int faultsOf(Checkup<AppSettings> checkup, Key key, Terminal terminal) {
    List<Fault> own =
        checkup.faults().stream().filter(fault -> fault.key().equals(key.path())).toList();
    for (Fault fault : own) {
      terminal.err().println(fault.place() + ": " + fault.message());
    }
    for (Fault warning : checkup.warnings()) {
      if (key.equals(checkup.provenance().find(warning.key()))) {
        terminal.err().println(QuarterdeckCommand.warning(warning));
      }
    }
    int others = checkup.faults().size() - own.size();
    if (others > 0) {
      terminal
          .err()
          .println(
              "%d %s elsewhere: quarterdeck config check"
                  .formatted(others, others == 1 ? "problem" : "problems"));
    }
    return own.isEmpty() ? 0 : ExitCode.CONFIG;
  }

  @Command(
      name = "effective",
      mixinStandardHelpOptions = true,
      description = "Writes the settings as TOML that loads to the same; secrets are left out.")
  int effective() {
    root().terminal().out().print(EffectiveToml.write(root().load().provenance()));
    return 0;
  }

  @Command(
      name = "docs",
      mixinStandardHelpOptions = true,
      description = "Writes the reference of all settings as Markdown.")
  int docs() {
    root().terminal().out().print(Reference.markdown(AppSettingsBinder.INSTANCE.schema()));
    return 0;
  }

  @Command(
      name = "schema",
      mixinStandardHelpOptions = true,
      description = "Writes the JSON Schema of config.toml.")
  int schema() {
    root()
        .terminal()
        .out()
        .print(JsonSchema.write(AppSettingsBinder.INSTANCE.schema(), "Quarterdeck settings"));
    return 0;
  }

  @Command(
      name = "env-example",
      mixinStandardHelpOptions = true,
      description = "Writes a commented .env of all settings.")
  int envExample() {
    root().terminal().out().print(Examples.dotenv(AppSettingsBinder.INSTANCE.schema()));
    return 0;
  }

  @Command(
      name = "toml-example",
      mixinStandardHelpOptions = true,
      description = "Writes a commented config.toml of all settings.")
  int tomlExample() {
    root().terminal().out().print(Examples.toml(AppSettingsBinder.INSTANCE.schema()));
    return 0;
  }

  QuarterdeckCommand root() {
    return Objects.requireNonNull(parent);
  }
}
