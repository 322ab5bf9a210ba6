package dev.quarterdeck.server.cli;

import dev.quarterdeck.server.QuarterdeckServer;
import dev.quarterdeck.server.logging.Logging;
import dev.quarterdeck.server.settings.AppSettings;
import dev.quarterdeck.server.settings.Unavailable;
import dev.quarterdeck.settings.Loaded;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `quarterdeck serve`: the server, until SIGTERM or SIGINT.
@Command(
    name = "serve",
    description = "Starts the server; everything it needs is embedded.",
    footer = {
      "",
      "SIGTERM and SIGINT stop it: requests in flight finish, runs end or are kept for the next",
      "start, all within 15 s. The exit code is then 143 for SIGTERM and 130 for SIGINT; it is 78",
      "when a setting or DATA_DIR cannot be used."
    })
final class ServeCommand implements Callable<Integer> {
  /// From the signal to the end of the process, with a second to spare for the rest.
  private static final Duration STOP_TIME = Duration.ofSeconds(14);

  @ParentCommand private @Nullable QuarterdeckCommand parent;

  @Override
  public Integer call() throws Exception {
    QuarterdeckCommand command = Objects.requireNonNull(parent);
    Terminal terminal = command.terminal();
    Loaded<AppSettings> loaded = command.load();
    List<String> refusals = Unavailable.refusals(loaded);
    if (!refusals.isEmpty()) {
      throw new StartRefused(ExitCode.CONFIG, String.join("\nquarterdeck: ", refusals));
    }
    List<String> idle = Unavailable.setWithoutEffect(loaded);
    if (!idle.isEmpty()) {
      terminal
          .err()
          .println("warning: set, and without effect in this version: " + String.join(", ", idle));
    }
    Logging.configure(loaded.value().core());
    QuarterdeckServer server = QuarterdeckServer.start(loaded);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.stop(STOP_TIME);
                  stopped.countDown();
                },
                "stop"));
    server.greeting().forEach(terminal.out()::println);
    stopped.await();
    return 0;
  }
}
