package dev.quarterdeck.executions.sandbox;

import dev.quarterdeck.executions.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The directory of one run at level L1, on the host's own disk: `box` holds the program, which can
/// only be read, `tmp` is where it works and `build` where its compiler does. Once the program
/// runs, the server opens nothing below these two by a name.
record RunPlace(Path path) {
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  /// Makes it and puts the files in.
  static RunPlace make(Path path, Task task) throws IOException {
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    RunPlace place = new RunPlace(path);
    try {
      for (Path directory : new Path[] {place.box(), place.tmp(), place.build()}) {
        Files.createDirectory(directory);
      }
      Path program = place.box().resolve(task.fileName());
      Files.write(program, task.program());
      Files.setPosixFilePermissions(program, EXECUTABLE);
      for (SourceFile file : task.files()) {
        write(place.tmp(), file);
      }
      if (task.prebuilt().isPresent()) {
        // Made by a guest: only ordinary files under ordinary names.
        for (SourceFile file : TarReader.read(task.prebuilt().get().archive(), 0)) {
          if (SourceFile.fault(file.name()).isEmpty()) {
            Path written = write(place.build(), file);
            Files.setPosixFilePermissions(written, EXECUTABLE);
          }
        }
      }
      Files.createFile(place.transferred());
      return place;
    } catch (IOException failed) {
      try {
        place.delete();
      } catch (IOException again) {
        failed.addSuppressed(again);
      }
      throw failed;
    }
  }

  private static Path write(Path directory, SourceFile file) throws IOException {
    Path target = directory.resolve(file.name());
    Files.createDirectories(target.getParent());
    return Files.write(target, file.content(), StandardOpenOption.CREATE_NEW);
  }

  Path box() {
    return path.resolve("box");
  }

  Path tmp() {
    return path.resolve("tmp");
  }

  Path build() {
    return path.resolve("build");
  }

  /// Where to the run's parts write what is handed over.
  Path transferred() {
    return path.resolve("transferred");
  }

  /// The environment of a part of the run, which knows its places by other names at other levels.
  Map<String, String> environment(Map<String, String> usual) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("TMPDIR", tmp().toString());
    usual.forEach((name, value) -> variables.put(name, here(value)));
    return variables;
  }

  private String here(String value) {
    for (Path each : new Path[] {box(), tmp(), build()}) {
      String elsewhere = "/" + each.getFileName();
      if (value.equals(elsewhere) || value.startsWith(elsewhere + "/")) {
        return each + value.substring(elsewhere.length());
      }
    }
    return value;
  }

  /// The path of a language's file, such as `/build/main`, as the parts of a run see it, whose
  /// working directories lie beside one another.
  static String beside(String word) {
    return word.replace("/box/", "../box/")
        .replace("/tmp/", "../tmp/")
        .replace("/build", "../build");
  }

  /// Deletes it. All processes of the run are gone.
  void delete() throws IOException {
    RootDirectory.delete(path);
  }
}
