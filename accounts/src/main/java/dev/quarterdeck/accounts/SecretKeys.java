package dev.quarterdeck.accounts;

import dev.quarterdeck.settings.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// The keys that sessions are signed with.
///
/// @param current signs and verifies
/// @param previous verifies only, while a key is replaced
/// @param generated whether the current key is the random one in DATA_DIR; start-up says so
public record SecretKeys(
    Secret<String> current, Optional<Secret<String>> previous, boolean generated) {

  /// The name of the file in DATA_DIR that holds a random key.
  public static final String FILE_NAME = "secret.key";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int BYTES = 48;

  /// The keys to use: those of the settings; but the public key of development is taken only when
  /// the server listens on a loopback address. Else a random key is made once, kept in DATA_DIR in
  /// a file that only its owner may read, and used again at the next start.
  ///
  /// @param listensOnLoopback whether only this machine can reach the server
  /// @param dataDir an existing directory that this process has locked
  /// @throws IOException the file cannot be written or read, or others may read it; the message
  ///   says what to do
  public static SecretKeys resolve(
      AccountSettings settings, boolean listensOnLoopback, Path dataDir) throws IOException {
    boolean open = settings.secretKey().reveal().equals(AccountSettings.DEVELOPMENT_SECRET_KEY);
    if (!open || listensOnLoopback) {
      return new SecretKeys(settings.secretKey(), settings.secretKeyPrevious(), false);
    }
    Optional<Secret<String>> previous =
        settings
            .secretKeyPrevious()
            .filter(key -> !key.reveal().equals(AccountSettings.DEVELOPMENT_SECRET_KEY));
    return new SecretKeys(Secret.of(kept(dataDir.resolve(FILE_NAME))), previous, true);
  }

  private static String kept(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return read(file);
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    Path parent = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(parent, FILE_NAME, ".new", attribute);
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap((key + "\n").getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return key;
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          file + ": not a regular file (expected: the key that this server keeps); remove it");
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new IOException(
          "%s: mode %s (expected: rw-------), so others may have read the key; delete the file and"
                  .formatted(file, PosixFilePermissions.toString(permissions))
              + " start again for a new key, which ends all sessions");
    }
    String key = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (key.length() < 32) {
      throw new IOException(
          "%s: %d characters (expected: at least 32); delete the file and start again for a new key"
              .formatted(file, key.length()));
    }
    return key;
  }
}
