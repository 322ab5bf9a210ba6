package dev.quarterdeck.server.cli;

import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.settings.Fault;
import dev.quarterdeck.settings.Loaded;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `quarterdeck`: the options that all commands share, and the commands.
@Command(
    name = "quarterdeck",
    description = "One backend for a software team: runs code that nobody trusts, safely.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      RunCommand.class,
      ProductionCommand.class,
      LanguagesCommand.class,
      BookmarksCommand.class,
      ConfigCommand.class,
      DoctorCommand.class,
      TrainCommand.class,
      AdminCommand.class
    },
    footer = {
      "",
      "Settings come from config.toml, the override file, .env, the environment and --set, the",
      "later over the earlier; quarterdeck config explain KEY tells where a value comes from."
    })
public final class QuarterdeckCommand {
  private final Terminal terminal;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Settings file; else config.toml of the working directory, when there is one.")
  private @Nullable Path config;

  @Option(
      names = "--override",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Settings file over the first. May be repeated, the later over the earlier.")
  private List<Path> overrides = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "File of variables; else .env of the working directory, when there is one.")
  private @Nullable Path envFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "One setting, over all files and the environment. May be repeated.")
  private List<String> assignments = new ArrayList<>();

  /// The command for a terminal.
  public QuarterdeckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  SettingsSources sources() {
    return new SettingsSources(
        config, List.copyOf(overrides), envFile, List.copyOf(assignments), System.getenv());
  }

  /// The settings; warnings go to stderr.
  ///
  /// @throws dev.quarterdeck.settings.SettingsException every problem at once
  Loaded<AppSettings> load() {
    Loaded<AppSettings> loaded = sources().loader().load();
    loaded.warnings().forEach(one -> terminal.err().println(warning(one)));
    return loaded;
  }

  /// A warning of the settings in one line: where, what, and what to do.
  static String warning(Fault warning) {
    return "warning: "
        + warning.place()
        + ": "
        + warning.message()
        + (warning.remedy().isEmpty() ? "" : " (" + warning.remedy() + ")");
  }

  /// Why a file operation failed, without the file's name.
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
