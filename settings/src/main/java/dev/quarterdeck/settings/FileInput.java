package dev.quarterdeck.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the files of a load.
final class FileInput {
  /// Largest settings file, in bytes.
  static final long LARGEST = 16L << 20;

  private FileInput() {}

  /// The file, or null when it cannot be used; that is then reported.
  static @Nullable SourceFile open(Load load, Path path) {
    String name = path.toString();
    load.opened(name);
    try {
      if (!Files.isRegularFile(path)) {
        return unusable(load, name, kindOf(path));
      }
      long size = Files.size(path);
      if (size > LARGEST) {
        return unusable(load, name, "the file has " + size + " bytes (expected: at most 16 MiB)");
      }
      return new SourceFile(name, Files.readAllBytes(path), load.schema);
    } catch (IOException | SecurityException e) {
      return unusable(
          load,
          name,
          Files.isReadable(path) ? "the file cannot be read" : "no permission to read the file");
    }
  }

  static String kindOf(Path path) {
    if (Files.isDirectory(path)) {
      return "this is a directory (expected: a file)";
    }
    return Files.exists(path)
        ? "this is a pipe or device (expected: a plain file)"
        : "there is no such file";
  }

  private static @Nullable SourceFile unusable(Load load, String name, String why) {
    load.syntaxErrors = true;
    load.report(
        new Fault(
            FaultCode.FILE.code(),
            false,
            "",
            why,
            new Place.WholeFile(name),
            null,
            "give the path of a readable file, or leave it out",
            List.of()));
    return null;
  }
}
