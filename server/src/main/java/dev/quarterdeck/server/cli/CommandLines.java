package dev.quarterdeck.server.cli;

import dev.quarterdeck.server.logging.Logging;
import dev.quarterdeck.settings.SettingsException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/// Parses a command line, runs its command, and turns failures into messages and exit codes.
public final class CommandLines {
  private CommandLines() {}

  /// Runs the command and answers the exit code of the process.
  public static int execute(Terminal terminal, String... arguments) {
    Logging.quiet();
    Ansi ansi = terminal.colours() ? Ansi.ON : Ansi.OFF;
    ColorScheme colours = CommandLine.Help.defaultColorScheme(ansi);
    CommandLine line =
        new CommandLine(new QuarterdeckCommand(terminal))
            .setColorScheme(colours)
            .setOut(writer(terminal.out()))
            .setErr(writer(terminal.err()))
            .setPosixClusteredShortOptionsAllowed(false)
            .setUsageHelpWidth(100)
            .setCaseInsensitiveEnumValuesAllowed(true);
    forAll(line, terminal);
    return line.execute(arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static void forAll(CommandLine line, Terminal terminal) {
    line.getCommandSpec().versionProvider(new Version());
    // A method's arguments are counted from its help options: a method has them by its annotation.
    if (!(line.getCommandSpec().userObject() instanceof Method)) {
      line.getCommandSpec().mixinStandardHelpOptions(true);
    }
    line.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
    line.getCommandSpec().exitCodeOnExecutionException(ExitCode.SOFTWARE);
    line.setParameterExceptionHandler(
        (failure, arguments) -> {
          terminal.err().println("quarterdeck: " + failure.getMessage());
          CommandLine.UnmatchedArgumentException.printSuggestions(failure, writer(terminal.err()));
          terminal
              .err()
              .println(
                  "Try '"
                      + failure.getCommandLine().getCommandSpec().qualifiedName()
                      + " --help'.");
          return ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          switch (failure) {
            case SettingsException settings -> {
              terminal.err().println(settings.getMessage());
              return ExitCode.CONFIG;
            }
            case StartRefused refused -> {
              terminal.err().println("quarterdeck: " + refused.getMessage());
              return refused.exitCode();
            }
            default -> {
              terminal
                  .err()
                  .println(
                      "quarterdeck: %s failed: %s. This is a fault of the program; please report it."
                          .formatted(command.getCommandName().toLowerCase(Locale.ROOT), failure));
              failure.printStackTrace(terminal.err());
              return ExitCode.SOFTWARE;
            }
          }
        });
    line.getSubcommands().values().forEach(sub -> forAll(sub, terminal));
  }
}
