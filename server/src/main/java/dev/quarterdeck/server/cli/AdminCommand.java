package dev.quarterdeck.server.cli;

import dev.quarterdeck.accounts.UserProfile;
import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.server.Backend;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.settings.Loaded;
import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `quarterdeck admin`: what only the operator of the machine may do.
@Command(
    name = "admin",
    description = "Administers the accounts of this machine's server.",
    subcommands = AdminCommand.Create.class,
    synopsisSubcommandLabel = "COMMAND")
final class AdminCommand {
  @ParentCommand private @Nullable QuarterdeckCommand parent;

  private QuarterdeckCommand root() {
    return Objects.requireNonNull(parent);
  }

  /// `quarterdeck admin create`: the first administrator of a production server.
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description =
          "Creates an administrator in DATA_DIR. The server must not be running: it holds"
              + " DATA_DIR.",
      footer = {"", "  quarterdeck admin create --username root --email ops@example.com"})
  static final class Create implements Callable<Integer> {
    @ParentCommand private @Nullable AdminCommand parent;

    @Option(names = "--username", required = true, description = "Name of the administrator.")
    private String username = "";

    @Option(names = "--email", required = true, description = "E-mail of the administrator.")
    private String email = "";

    @Option(
        names = "--password-stdin",
        description = "Reads the password from standard input instead of asking for it.")
    private boolean passwordFromInput;

    @Override
    public Integer call() throws Exception {
      QuarterdeckCommand command = Objects.requireNonNull(parent).root();
      Loaded<AppSettings> loaded = command.load();
      String password = password();
      try (Backend backend = Backend.open(loaded.value())) {
        UserProfile admin = backend.accounts().accounts().createAdmin(username, email, password);
        command.terminal().out().println("created administrator " + admin.username());
        return 0;
      } catch (ProblemException refused) {
        command.terminal().err().println("quarterdeck: " + text(refused.problem()));
        return ExitCode.USAGE;
      }
    }

    private static String text(Problem problem) {
      return problem instanceof Problem.Invalid invalid
          ? invalid.violations().stream()
              .map(Problem.Violation::message)
              .collect(Collectors.joining("; "))
          : problem.detail();
    }

    private String password() throws java.io.IOException {
      if (passwordFromInput) {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
      }
      Console console = System.console();
      char[] typed = console == null ? null : console.readPassword("Password for %s: ", username);
      if (typed == null) {
        throw new StartRefused(
            ExitCode.USAGE, "no terminal to ask for the password on: use --password-stdin");
      }
      return new String(typed);
    }
  }
}
