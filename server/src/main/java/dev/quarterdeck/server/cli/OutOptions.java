package dev.quarterdeck.server.cli;

import dev.quarterdeck.executions.CollectedFiles;
import dev.quarterdeck.executions.FilesOut;
import dev.quarterdeck.executions.RunSettings;
import dev.quarterdeck.executions.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Files that a run hands back, and where they go.
final class OutOptions {
  @Option(
      names = "--out",
      paramLabel = "NAME[=PATH]",
      description =
          "File or directory that the program leaves in its directory and that is saved here. May"
              + " be repeated.")
  private List<String> outs = new ArrayList<>();

  private record Out(String name, Path target) {}

  private List<Out> all() {
    List<Out> all = new ArrayList<>();
    for (String each : outs) {
      int equals = each.lastIndexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      Optional<String> fault = SourceFile.fault(name);
      if (fault.isPresent()) {
        throw new IllegalArgumentException("--out: " + name + " (expected: " + fault.get() + ")");
      }
      all.add(new Out(name, Path.of(equals < 0 ? name : each.substring(equals + 1))));
    }
    return all;
  }

  /// What to ask for.
  ///
  /// @throws IllegalArgumentException a name leaves the program's directory
  FilesOut wanted(RunSettings settings) {
    return new FilesOut(
        all().stream().map(Out::name).toList(),
        settings.maxOutputFiles(),
        settings.maxOutputFilesSize().bytes());
  }

  /// Saves what came back, and says what did not.
  ///
  /// @return whether everything was saved
  boolean save(CollectedFiles files, Terminal terminal) {
    boolean saved = files.omitted().isEmpty();
    for (CollectedFiles.Omitted each : files.omitted()) {
      terminal.err().println("quarterdeck: --out: " + each.name() + ": " + each.reason());
    }
    for (SourceFile file : files.files()) {
      Path target = target(file.name());
      try {
        Path parent = target.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.write(target, file.content());
      } catch (IOException failure) {
        saved = false;
        terminal
            .err()
            .println(
                "quarterdeck: --out: "
                    + target
                    + " cannot be written: "
                    + QuarterdeckCommand.reason(failure));
      }
    }
    return saved;
  }

  private Path target(String name) {
    for (Out out : all()) {
      if (name.equals(out.name())) {
        return out.target();
      }
      if (name.startsWith(out.name() + "/")) {
        return out.target().resolve(name.substring(out.name().length() + 1));
      }
    }
    throw new IllegalStateException(name + " was not asked for");
  }
}
