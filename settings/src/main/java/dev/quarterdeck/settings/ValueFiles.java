package dev.quarterdeck.settings;

import dev.quarterdeck.settings.schema.Key;
import dev.quarterdeck.settings.schema.Retired;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads files that hold one value: `NAME_FILE`, and the credentials of systemd.
final class ValueFiles {
  /// Largest value file, in bytes.
  static final long LARGEST = 64L << 10;

  private ValueFiles() {}

  /// Reads the file that `NAME_FILE` names.
  ///
  /// @param name the variable of the value itself
  /// @param both whether the layer gives the value itself, too
  /// @param under the old name that it is, null for the setting's own
  static void read(
      Load load,
      Key key,
      Layer layer,
      String name,
      String file,
      boolean both,
      @Nullable Retired under) {
    String variable = name + "_FILE";
    if (both) {
      Candidate at = load.define(key, layer, new Place.Variable(variable), "");
      at.under = under;
      load.fault(
          FaultCode.TWO_SOURCES,
          at,
          key.path() + ": both " + name + " and " + variable + " are set",
          "keep one of the two");
      return;
    }
    readValue(load, key, layer, variable, file).under = under;
  }

  /// Reads a credential of systemd when there is one.
  static void credential(Load load, Key key, String directory, boolean both) {
    Path file;
    try {
      file = Path.of(directory, key.variable());
    } catch (InvalidPathException e) {
      return;
    }
    if (!Files.exists(file)) {
      return;
    }
    if (both) {
      Candidate at =
          load.define(
              key,
              Layer.ENVIRONMENT,
              new Place.ValueFile("CREDENTIALS_DIRECTORY", file.toString()),
              "");
      load.fault(
          FaultCode.TWO_SOURCES,
          at,
          key.path()
              + ": set in the environment, and a systemd credential "
              + key.variable()
              + " exists",
          "keep one of the two");
      return;
    }
    readValue(load, key, Layer.ENVIRONMENT, "CREDENTIALS_DIRECTORY", file.toString());
  }

  private static Candidate readValue(
      Load load, Key key, Layer layer, String variable, String file) {
    Candidate at = load.define(key, layer, new Place.ValueFile(variable, shown(file)), "");
    try {
      at.text = withoutLineEnd(decode(FileInput.read(Path.of(file), LARGEST, "64 KiB")));
    } catch (CharacterCodingException e) {
      unusable(load, at, "the file is not UTF-8 text");
    } catch (InvalidPathException e) {
      unusable(load, at, "the path is not valid");
    } catch (FileInput.Unusable e) {
      unusable(load, at, e.getMessage());
    } catch (IOException | SecurityException e) {
      unusable(load, at, FileInput.why(e));
    }
    return at;
  }

  /// The path as messages show it: what does not exist may be the value itself, given to the wrong
  /// variable, so only the directories that exist are shown of it.
  private static String shown(String file) {
    try {
      Path path = Path.of(file);
      if (Files.exists(path)) {
        return file;
      }
      Path directory = path.getParent();
      while (directory != null && !Files.isDirectory(directory)) {
        directory = directory.getParent();
      }
      return directory == null || directory.getNameCount() == 0 ? "…" : directory + "/…";
    } catch (InvalidPathException e) {
      return "…";
    }
  }

  private static void unusable(Load load, Candidate at, String why) {
    load.fault(
        FaultCode.VALUE_FILE,
        at,
        at.key.path() + ": " + why,
        "correct " + at.key.variable() + "_FILE, or set " + at.key.variable() + " itself");
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String withoutLineEnd(String text) {
    int end = text.length();
    if (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
      if (end > 0 && text.charAt(end - 1) == '\r') {
        end--;
      }
    }
    return text.substring(0, end);
  }
}
