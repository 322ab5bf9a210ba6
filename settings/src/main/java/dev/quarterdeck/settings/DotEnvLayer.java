package dev.quarterdeck.settings;

import dev.quarterdeck.settings.dotenv.DotEnv;
import dev.quarterdeck.settings.dotenv.DotEnvEntry;
import dev.quarterdeck.settings.dotenv.DotEnvError;
import dev.quarterdeck.settings.dotenv.DotEnvResult;
import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the definitions of a `.env` file. Names that no setting has are left to other programs; a
/// name that is nearly a setting's is a warning.
final class DotEnvLayer {
  private DotEnvLayer() {}

  static void read(Load load, Path path) {
    SourceFile file = FileInput.open(load, path);
    if (file == null) {
      return;
    }
    DotEnvResult result = DotEnv.parse(file.bytes());
    for (DotEnvError error : result.errors()) {
      load.syntaxError(file, error.span(), error.code(), error.message(), error.hint());
    }
    Map<String, String> all = new HashMap<>();
    for (DotEnvEntry entry : result.entries()) {
      all.put(entry.name(), entry.value());
    }
    for (DotEnvEntry entry : result.entries()) {
      Key key = load.keys.byVariable(entry.name());
      Retired old = key == null ? load.keys.retired(entry.name()) : null;
      if (key != null) {
        load.define(key, Layer.DOTENV, file, entry.valueSpan(), null, entry.value());
      } else if (old != null && old.variable().equals(entry.name())) {
        retired(load, file, entry, old);
      } else if (!valueFile(load, entry, all)) {
        nearMiss(load, file, entry);
      }
    }
  }

  private static boolean valueFile(Load load, DotEnvEntry entry, Map<String, String> all) {
    if (!entry.name().endsWith("_FILE")) {
      return false;
    }
    String name = entry.name().substring(0, entry.name().length() - 5);
    Key key = load.keys.byVariable(name);
    Retired old = key == null ? load.keys.retired(name) : null;
    if (old != null) {
      key = old.now();
    }
    if (key == null || key.secretFile() == null) {
      return false;
    }
    ValueFiles.read(load, key, Layer.DOTENV, name, entry.value(), all.containsKey(name), old);
    return true;
  }

  private static void retired(Load load, SourceFile file, DotEnvEntry entry, Retired old) {
    Key now = old.now();
    if (now != null) {
      load.define(now, Layer.DOTENV, file, entry.valueSpan(), null, entry.value()).under = old;
      return;
    }
    load.report(
        new Fault(
            FaultCode.DEFUNCT.code(),
            false,
            old.path(),
            old.path() + ": no longer a setting: " + old.reason(),
            file.place(entry.nameSpan()),
            file.excerpt(entry.nameSpan(), SourceFile.About.KEY),
            "remove it",
            List.of()));
  }

  private static void nearMiss(Load load, SourceFile file, DotEnvEntry entry) {
    if (file.countStranger() > SourceFile.MOST_STRANGERS) {
      // So many names are no misspellings.
      return;
    }
    String meant = load.suggestions().variable(entry.name());
    if (meant != null) {
      load.report(
          new Fault(
              FaultCode.NEAR_MISS.code(),
              true,
              "",
              "no setting has this name",
              file.place(entry.nameSpan()),
              file.excerpt(entry.nameSpan(), SourceFile.About.KEY),
              "did you mean " + meant + "?",
              List.of()));
    }
  }

  /// In a strict profile, refuses secrets of a file that others than its owner may read.
  static void checkPermissions(Load load, Path path) {
    if (!load.schema.strict(load.profile)) {
      return;
    }
    Key secret = secretOf(load, path.toString());
    if (secret != null && readableByOthers(path)) {
      load.report(
          new Fault(
              FaultCode.READABLE_SECRETS.code(),
              false,
              secret.path(),
              "the file holds secrets, and others than its owner may read it",
              new Place.WholeFile(path.toString()),
              null,
              "chmod 600 " + path,
              List.of()));
    }
  }

  private static @Nullable Key secretOf(Load load, String file) {
    for (Candidate head : load.heads) {
      for (Candidate one = head; one != null; one = one.shadowed) {
        if (one.layer == Layer.DOTENV
            && one.key.secret()
            && one.file != null
            && one.file.toString().equals(file)) {
          return one.key;
        }
      }
    }
    return null;
  }

  private static boolean readableByOthers(Path path) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
