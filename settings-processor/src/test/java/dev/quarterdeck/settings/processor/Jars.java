package dev.quarterdeck.settings.processor;

import dev.quarterdeck.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/// The two jars as other programs get them: the packaged ones when the build has made them already,
/// else the same classes packed by the test.
final class Jars {
  private final Path directory;

  Jars(Path directory) {
    this.directory = directory;
  }

  Path settings() {
    return jar("settings.jar", Settings.class);
  }

  Path processor() {
    return jar("settings-processor.jar", SettingsProcessor.class);
  }

  private Path jar(String name, Class<?> member) {
    try {
      Path place = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isDirectory(place)) {
        return place;
      }
      Path jar = directory.resolve(name);
      run("jar", List.of("--create", "--file", jar.toString(), "-C", place.toString(), "."));
      return jar;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Compiles all sources below a directory, with warnings as errors.
  ///
  /// @param modular whether its module descriptor is one of them
  void compile(Path sources, Path classes, boolean modular) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-Xlint:all,-processing", "-Werror", "-d", classes.toString()));
    arguments.addAll(List.of(modular ? "--module-path" : "-classpath", settings().toString()));
    // A processor of its own: what it reads with is not on the program's path.
    String path = processor() + java.io.File.pathSeparator + settings();
    arguments.addAll(List.of(modular ? "--processor-module-path" : "-processorpath", path));
    try (var files = Files.walk(sources)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> modular || !file.endsWith("module-info.java"))
          .forEach(file -> arguments.add(file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("javac", arguments);
  }

  private static void run(String tool, List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int code =
        ToolProvider.findFirst(tool)
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new AssertionError(tool + ": exit code " + code + ": " + said);
    }
  }
}
