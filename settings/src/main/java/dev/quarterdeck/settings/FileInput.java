package dev.quarterdeck.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the files of a load.
final class FileInput {
  /// Largest settings file, in bytes.
  static final long LARGEST = 16L << 20;

  private static final int ATTEMPTS = 5;

  private FileInput() {}

  /// The file, or null when it cannot be used; that is then reported.
  static @Nullable SourceFile open(Load load, Path path) {
    String name = path.toString();
    load.opened(name);
    try {
      byte[] bytes = read(path, LARGEST, "16 MiB");
      return new SourceFile(name, bytes, load.schema);
    } catch (Unusable e) {
      return unusable(load, name, e.getMessage());
    } catch (IOException | SecurityException e) {
      return unusable(load, name, why(e));
    }
  }

  /// A file that is there and cannot be used, and why.
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;
    private final String why;

    Unusable(String why) {
      super(why);
      this.why = why;
    }

    @Override
    public String getMessage() {
      return why;
    }
  }

  /// The bytes of a plain file as they are at one moment: a file that changes while it is read is
  /// read again.
  ///
  /// @param most the largest size that is read, in bytes
  /// @param inWords the same for the message
  static byte[] read(Path path, long most, String inWords) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
      if (!before.isRegularFile()) {
        throw new Unusable(kindOf(path));
      }
      byte[] bytes = {};
      if (before.size() <= most) {
        try (InputStream in = Files.newInputStream(path)) {
          bytes = in.readNBytes((int) most + 1);
        }
      }
      if (before.size() > most || bytes.length > most) {
        throw new Unusable(
            "the file has %d bytes (expected: at most %s)"
                .formatted(Math.max(before.size(), bytes.length), inWords));
      }
      BasicFileAttributes after = Files.readAttributes(path, BasicFileAttributes.class);
      if (before.lastModifiedTime().equals(after.lastModifiedTime())
          && before.size() == after.size()
          && Objects.equals(before.fileKey(), after.fileKey())) {
        return bytes;
      }
    }
    throw new Unusable("the file changes while it is read");
  }

  static String why(Exception failure) {
    return switch (failure) {
      case NoSuchFileException gone -> "there is no such file";
      case AccessDeniedException denied -> "no permission to read the file";
      case FileSystemException other when other.getReason() != null ->
          "the file cannot be read: " + other.getReason();
      default -> "the file cannot be read";
    };
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
