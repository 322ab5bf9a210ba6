package dev.quarterdeck.bookmarks.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The icons of pages, one file for each address of an icon. They can be fetched again at any time,
/// so nothing but the file holds them. Safe for all threads.
final class IconFiles {
  private static final int NAME_BYTES = 16;

  private final Path directory;

  /// @param directory made when absent
  IconFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /// Keeps an icon.
  void keep(String address, Picture picture) throws IOException {
    Path part = Files.createTempFile(directory, "part-", "");
    try {
      Files.write(part, picture.bytes());
      Files.move(part, file(address), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// The icon that was fetched from an address.
  Optional<Picture> find(String address) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file(address));
      return Picture.kind(bytes).map(kind -> new Picture(kind, bytes));
    } catch (NoSuchFileException notFetched) {
      return Optional.empty();
    }
  }

  private Path file(String address) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
      return directory.resolve(HexFormat.of().formatHex(hash, 0, NAME_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
