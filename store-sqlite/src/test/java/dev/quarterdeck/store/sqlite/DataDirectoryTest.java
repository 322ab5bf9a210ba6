package dev.quarterdeck.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.store.StoreException;
import dev.quarterdeck.testing.DocumentsContract;
import dev.quarterdeck.testing.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path temporary = Path.of("");

  @Test
  void makesADirectoryWithSpacesThatOnlyItsOwnerSees() throws Exception {
    Path directory = temporary.resolve("new one/with ünïcode ?#%20&=");

    open(directory).close();

    assertThat(directory.resolve("qd.db")).isRegularFile();
    assertThat(directory.resolve("qd-frames.db")).isRegularFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws Exception {
    Path file = Files.writeString(temporary.resolve("data"), "x");

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "DATA_DIR: %s is a file (expected: a directory); move the file away, or set DATA_DIR to"
                + " another path",
            file);
    assertThatThrownBy(() -> open(file.resolve("below")))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("DATA_DIR: " + file.resolve("below") + " cannot be used: ");
  }

  /// Where nobody may write, not even the superuser.
  @Test
  void refusesADirectoryThatCannotBeMadeOrWritten() {
    assertThatThrownBy(() -> open(Path.of("/proc/quarterdeck")))
        .isInstanceOf(StoreException.class)
        .hasMessageMatching(
            "DATA_DIR: /proc/quarterdeck cannot be used: .+ \\(expected: a directory that user .+"
                + " may write\\); change its owner, or set DATA_DIR to another directory");
    assertThatThrownBy(() -> open(Path.of("/proc")))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("DATA_DIR: /proc cannot be used: ");
  }

  @Test
  void refusesASecondStoreInTheSameProcessAndKeepsTheFirstLocked() throws Exception {
    try (SqliteStore first = open(temporary)) {
      assertThat(first.freeBytes()).isPositive();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> open(temporary))
            .isInstanceOf(DataDirInUse.class)
            .hasMessage(
                "DATA_DIR: %s is in use by this process (pid %d) (expected: one server per data"
                    + " directory); stop that process, or set DATA_DIR to another directory",
                temporary.toRealPath(), ProcessHandle.current().pid());
      }
      assertThat(openInAnotherProcess(temporary))
          .isEqualTo(
              "DATA_DIR: %s is in use by process %d (expected: one server per data directory); stop that process, or set DATA_DIR to another directory"
                  .formatted(temporary.toRealPath(), ProcessHandle.current().pid()));
    }
    assertThat(openInAnotherProcess(temporary)).isEqualTo("opened");
    open(temporary).close();
  }

  @Test
  void refusesNamesThatAreNoFileNames() {
    for (String name : List.of("", "../x", "a/b", ".hidden", "a b", "x".repeat(65))) {
      assertThatThrownBy(() -> SqliteStore.open(temporary, name, List.of(), TestClock.atNoon()))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("DATABASE_NAME: " + name + " (expected: 1 to 64 letters");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void namesTheFilesAfterTheDatabase() {
    for (String name : List.of("integr8scode_db", "other")) {
      SqliteStore.open(temporary, name, List.of(DocumentsContract.NOTE), TestClock.atNoon())
          .close();
      assertThat(temporary.resolve(name + ".db")).isRegularFile();
    }
  }

  private static SqliteStore open(Path directory) {
    return SqliteStore.open(directory, "qd", List.of(), TestClock.atNoon());
  }

  private static String openInAnotherProcess(Path directory) throws IOException {
    Process process = Child.start(Opener.class, directory.toString());
    try (BufferedReader output = process.inputReader()) {
      return String.valueOf(output.readLine());
    } finally {
      process.onExit().join();
    }
  }

  /// The other process.
  static final class Opener {
    public static void main(String[] arguments) {
      try (SqliteStore store = open(Path.of(arguments[0]))) {
        System.out.println(store.freeBytes() > 0 ? "opened" : "no space");
      } catch (DataDirInUse refused) {
        System.out.println(refused.getMessage());
      }
    }
  }
}
