package dev.quarterdeck.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretKeysTest {
  private static final String OWN = "a-key-of-my-own-with-35-characters!";

  @TempDir Path dataDir;

  private static AccountSettings settings(String key) {
    return new AccountSettings(
        Secret.of(key),
        Optional.of(Secret.of(AccountSettings.DEVELOPMENT_SECRET_KEY)),
        AccountSettings.Algorithm.HS256,
        Duration.ofMinutes(1),
        4,
        true);
  }

  private SecretKeys onNetwork() throws IOException {
    return SecretKeys.resolve(settings(AccountSettings.DEVELOPMENT_SECRET_KEY), false, dataDir);
  }

  @Test
  void takesTheKeyOfTheSettings() throws IOException {
    assertThat(SecretKeys.resolve(settings(OWN), false, dataDir).current().reveal()).isEqualTo(OWN);
    assertThat(
            SecretKeys.resolve(settings(AccountSettings.DEVELOPMENT_SECRET_KEY), true, dataDir)
                .generated())
        .isFalse();
    assertThat(dataDir).isEmptyDirectory();
  }

  @Test
  void replacesThePublicKeyOnTheNetworkByARandomOneThatItKeeps() throws IOException {
    SecretKeys first = onNetwork();
    SecretKeys second = onNetwork();

    assertThat(first.generated()).isTrue();
    assertThat(first.current().reveal())
        .hasSize(64)
        .isNotEqualTo(AccountSettings.DEVELOPMENT_SECRET_KEY);
    assertThat(second.current()).isEqualTo(first.current());
    assertThat(first.previous()).isEmpty();
    Path file = dataDir.resolve("secret.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(dataDir).isDirectoryContaining(file::equals);
    assertThat(first.toString()).doesNotContain(first.current().reveal());
  }

  @Test
  void refusesAKeptKeyThatOthersMayRead() throws IOException {
    onNetwork();
    Path file = dataDir.resolve("secret.key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(this::onNetwork)
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ": mode rw-r--r-- (expected: rw-------), so others may have read the key; delete"
                + " the file and start again for a new key, which ends all sessions");
  }

  @Test
  void refusesAKeptKeyThatIsCutOrNoFile() throws IOException {
    onNetwork();
    Path file = dataDir.resolve("secret.key");
    Files.writeString(file, "short\n");
    assertThatThrownBy(this::onNetwork)
        .hasMessageStartingWith(file + ": 5 characters (expected: at least 32)");

    Files.delete(file);
    Files.createSymbolicLink(file, Files.writeString(dataDir.resolve("other"), OWN));
    assertThatThrownBy(this::onNetwork).hasMessageStartingWith(file + ": not a regular file");
  }

  @Test
  void derivesOtherKeysForOtherPurposes() throws IOException {
    SecretKeys keys = SecretKeys.resolve(settings(OWN), true, dataDir);

    DerivedKeys one = DerivedKeys.of(keys, "one");

    assertThat(one.signing()).hasSize(64).isEqualTo(DerivedKeys.of(keys, "one").signing());
    assertThat(one.signing()).isNotEqualTo(DerivedKeys.of(keys, "other").signing());
    assertThat(one.keys()).hasSize(2);
    assertThat(one.toString()).isEqualTo("DerivedKeys[2]");
  }
}
