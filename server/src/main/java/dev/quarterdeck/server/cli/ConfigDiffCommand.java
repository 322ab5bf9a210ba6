package dev.quarterdeck.server.cli;

import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.server.settings.AppSettingsBinder;
import dev.quarterdeck.settings.Checkup;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.FaultCode;
import dev.quarterdeck.settings.Loader;
import dev.quarterdeck.settings.Settings;
import dev.quarterdeck.settings.Told;
import dev.quarterdeck.settings.render.Difference;
import dev.quarterdeck.settings.render.Side;
import dev.quarterdeck.settings.schema.Schema;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `quarterdeck config diff`: what differs between two profiles, files or running servers.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows what differs between two sides; exit code 1 when anything does.",
    footer = {
      "",
      "A side is one of:",
      "  current                       the settings as all other commands load them here",
      "  development|test|production   the same, with that profile",
      "  FILE                          that file over the defaults and nothing else (./test for a",
      "                                file with the name of a profile)",
      "  http[s]://HOST:PORT           a running server, asked for /api/config; it answers who it",
      "                                knows: put a token of yours into QUARTERDECK_TOKEN",
      "",
      "Secrets are compared, never shown. A server gives none: they are unknown then, and do not",
      "count as a difference. A setting that a profile or file lacks shows as (required).",
      "",
      "The exit code is 0 when the sides are equal, 1 when they differ, 78 when the settings of a",
      "side cannot be used, 69 when a server does not answer, 64 for a wrong command line."
    })
final class ConfigDiffCommand implements Callable<Integer> {
  /// The side that is what the other commands load.
  static final String CURRENT = "current";

  private static final Schema SCHEMA = AppSettingsBinder.INSTANCE.schema();

  @ParentCommand private @Nullable ConfigCommand parent;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "One side.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "The other side.")
  private String second = "";

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Terminal terminal = Objects.requireNonNull(parent).root().terminal();
    Difference difference = new Difference(side(first), side(second));
    terminal.out().print(json ? difference.json() : difference.text(terminal.colours()));
    return difference.any() ? ExitCode.DIFFERENT : 0;
  }

  private Side side(String name) throws IOException, InterruptedException {
    if (name.startsWith("http://") || name.startsWith("https://")) {
      RunningServer server = RunningServer.at(name, System.getenv(RunningServer.TOKEN));
      return Side.of(server.name(), Told.of(SCHEMA, server.settings()));
    }
    if (name.equals(CURRENT)) {
      return loaded(name, sources().loader());
    }
    if (SCHEMA.profiles().contains(name)) {
      return loaded(name, sources().withProfile(name).loader());
    }
    return loaded(name, Settings.of(AppSettingsBinder.INSTANCE).toml(file(name)));
  }

  private SettingsSources sources() {
    return Objects.requireNonNull(parent).root().sources();
  }

  private Path file(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "%s: not a path (expected: current, one of %s, a file, or the URL of a server)"
              .formatted(name.replace("\0", "\\0"), String.join(", ", SCHEMA.profiles())));
    }
  }

  /// A load that may lack values, but has no other fault.
  private static Side loaded(String name, Loader<AppSettings> loader) {
    Checkup<AppSettings> checkup = loader.check();
    for (Fault fault : checkup.faults()) {
      if (!fault.code().equals(FaultCode.MISSING.code())) {
        throw new StartRefused(ExitCode.CONFIG, name + ": " + checkup.report());
      }
    }
    return Side.of(name, checkup.provenance());
  }
}
