package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.Language;
import dev.quarterdeck.executions.RunOrder;
import dev.quarterdeck.executions.Sandbox;
import dev.quarterdeck.executions.SandboxException;
import dev.quarterdeck.executions.SandboxReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `quarterdeck run FILE`: one execution in the sandbox, without a server.
@Command(
    name = "run",
    description = "Runs a program in the sandbox and streams its output.",
    footer = {
      "",
      "The exit code is the program's own; 124 when a time limit ended it, 125 at another limit,",
      "128 + n when signal n ended it, 70 when the sandbox failed.",
      "",
      "  quarterdeck run hello.py",
      "  quarterdeck run --lang bash --stdin names.txt greet.sh -- --loud",
      "  quarterdeck run --out chart.png plot.py",
      "  quarterdeck run --case tests solve.c",
      "  quarterdeck run --file lib --file in.csv=data/in.csv --time 2s --memory 64MiB main.py"
    })
final class RunCommand implements Callable<Integer> {
  private static final int PROGRAM_LIMIT = 10_000_000;

  @ParentCommand private @Nullable QuarterdeckCommand parent;

  @Spec private picocli.CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "The program; - reads it from stdin.")
  private String file = "";

  @Parameters(
      index = "1..*",
      paramLabel = "ARGS",
      description = "Arguments of the program, after --.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "Language, with a version if wanted: python, python@3.11. Else by FILE's name.")
  private @Nullable String language;

  @Option(
      names = "--stdin",
      paramLabel = "F",
      description = "File that the program reads from its standard input; - passes on ours.")
  private @Nullable Path stdin;

  @Mixin private RunOptions options = new RunOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Mixin private OutOptions outs = new OutOptions();

  @Mixin private CaseOptions cases = new CaseOptions();

  @Option(
      names = "--watch",
      description = "Runs the program again whenever it, or a file beside it, changes.")
  private boolean watch;

  @Option(names = "--json", description = "One JSON object on stdout instead of the output itself.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    QuarterdeckCommand command = Objects.requireNonNull(parent);
    Terminal terminal = command.terminal();
    byte[] source = read(file.equals("-") ? null : Path.of(file), "FILE");
    byte[] input =
        stdin == null ? new byte[0] : read(stdin.toString().equals("-") ? null : stdin, "--stdin");
    CountDownLatch closed = new CountDownLatch(1);
    try (LocalExecution local = LocalExecution.open(command.load().value())) {
      Sandbox sandbox = local.sandbox();
      if (!sandbox.report().mayRun()) {
        terminal.err().println("quarterdeck: no program may run on this host.");
        for (SandboxReport.Finding finding : sandbox.report().findings()) {
          if (!finding.ok()) {
            terminal.err().println("  " + finding.name() + ": " + finding.detail());
            if (!finding.remedy().isEmpty()) {
              terminal.err().println("    " + finding.remedy());
            }
          }
        }
        return ExitCode.UNAVAILABLE;
      }
      Choice choice = choose(sandbox.languages());
      return runs(
          local, choice, new RunSession(local, terminal, json, outs, closed), source, input);
    } catch (SandboxException failure) {
      terminal.err().println("quarterdeck: sandbox_error: " + failure.getMessage());
      return ExitCode.SOFTWARE;
    } finally {
      closed.countDown();
    }
  }

  private int runs(
      LocalExecution local, Choice choice, RunSession session, byte[] source, byte[] input)
      throws SandboxException, InterruptedException {
    if (!watch) {
      return run(local, choice, session, source, input, begun -> {});
    }
    if (file.equals("-")) {
      throw usage("--watch: FILE is standard input (expected: a file that can change)");
    }
    List<Path> watched = new ArrayList<>(List.of(Path.of(file)));
    watched.addAll(options.paths());
    FileWatch changes = new FileWatch(watched);
    int code = 0;
    byte[] current = source;
    try {
      while (true) {
        AtomicReference<Optional<Sandbox.Run>> last = new AtomicReference<>(Optional.empty());
        Thread onChange = Thread.ofVirtual().start(() -> endOnChange(changes, last));
        Consumer<Sandbox.Run> begun =
            started -> {
              last.set(Optional.of(started));
              if (!onChange.isAlive()) {
                started.cancel();
              }
            };
        code = run(local, choice, session, current, input, begun);
        if (onChange.isAlive()) {
          Objects.requireNonNull(parent)
              .terminal()
              .err()
              .println("quarterdeck: waits for a change of " + file);
        }
        onChange.join();
        current = read(Path.of(file), "FILE");
      }
    } catch (InterruptedException stopped) {
      return code;
    }
  }

  /// Ends the program that runs when a file changes: the next one is wanted.
  private static void endOnChange(
      FileWatch changes, AtomicReference<Optional<Sandbox.Run>> running) {
    try {
      changes.await();
      Optional<Sandbox.Run> run = running.get();
      if (run != null) {
        run.ifPresent(Sandbox.Run::cancel);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private int run(
      LocalExecution local,
      Choice choice,
      RunSession session,
      byte[] source,
      byte[] input,
      Consumer<Sandbox.Run> begun)
      throws SandboxException, InterruptedException {
    String batch = local.nextId();
    try {
      if (!cases.any()) {
        return session.once(order(local, choice, source, input, arguments, ""), begun);
      }
      return session.each(
          cases.read(arguments, local.settings().maxCases()),
          each -> order(local, choice, source, RunSession.input(each), each.arguments(), batch),
          begun);
    } catch (IllegalArgumentException wrong) {
      throw usage(String.valueOf(wrong.getMessage()));
    }
  }

  private RunOrder order(
      LocalExecution local,
      Choice choice,
      byte[] source,
      byte[] input,
      List<String> words,
      String batch) {
    return new RunOrder(
        local.nextId(),
        choice.language(),
        choice.version(),
        source,
        options.files(),
        words,
        input,
        options.variables(),
        RunOrder.USUAL_COMPILE_TIME,
        limits.of(local.limits()),
        outs.wanted(local.settings()),
        false,
        batch);
  }

  private Choice choose(List<Language> known) {
    String wanted;
    String version = "";
    if (language == null) {
      wanted = byExtension(known);
    } else {
      int at = language.indexOf('@');
      wanted = at < 0 ? language : language.substring(0, at);
      version = at < 0 ? "" : language.substring(at + 1);
    }
    Language found =
        known.stream()
            .filter(each -> each.name().equals(wanted))
            .findFirst()
            .orElseThrow(
                () -> usage("--lang: " + wanted + " (expected: one of " + names(known) + ")"));
    if (!found.active()) {
      throw usage("--lang: " + wanted + " cannot run here: " + found.inactiveReason());
    }
    String chosen = version.isEmpty() ? found.versions().getFirst() : version;
    if (!found.versions().contains(chosen)) {
      throw usage(
          "--lang: %s has no version %s here (expected: one of %s)"
              .formatted(wanted, chosen, String.join(", ", found.versions())));
    }
    return new Choice(wanted, chosen);
  }

  private String byExtension(List<Language> known) {
    int dot = file.lastIndexOf('.');
    String extension = dot < 0 ? "" : file.substring(dot + 1);
    Optional<Language> match =
        known.stream().filter(each -> each.fileExtension().equals(extension)).findFirst();
    return match
        .map(Language::name)
        .orElseThrow(
            () ->
                usage(
                    file
                        + ": no language has this ending; name one with --lang (one of "
                        + names(known)
                        + ")"));
  }

  private static String names(List<Language> known) {
    return known.stream()
        .filter(Language::active)
        .map(Language::name)
        .collect(Collectors.joining(", "));
  }

  private byte[] read(@Nullable Path path, String option) {
    try {
      if (path == null) {
        return bounded(System.in, option + ": standard input");
      }
      if (Files.isDirectory(path)) {
        throw usage(option + ": " + path + " is a directory (expected: a file)");
      }
      if (Files.size(path) > PROGRAM_LIMIT) {
        throw usage(
            "%s: %s has %d bytes (expected: at most %d)"
                .formatted(option, path, Files.size(path), PROGRAM_LIMIT));
      }
      try (InputStream content = Files.newInputStream(path)) {
        return bounded(content, option + ": " + path);
      }
    } catch (IOException failure) {
      throw usage(option + ": " + path + " cannot be read: " + QuarterdeckCommand.reason(failure));
    }
  }

  /// Reads to the end: the size of a pipe or a device is not known before.
  private byte[] bounded(InputStream content, String what) throws IOException {
    byte[] bytes = content.readNBytes(PROGRAM_LIMIT + 1);
    if (bytes.length > PROGRAM_LIMIT) {
      throw usage(what + " has more bytes than expected (expected: at most " + PROGRAM_LIMIT + ")");
    }
    return bytes;
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private record Choice(String language, String version) {}
}
