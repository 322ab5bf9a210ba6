package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;

/// Turns failures of the engine into messages that name the file and the remedy.
final class Faults {
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private Faults() {}

  static StoreException of(Path file, SQLException failure) {
    String what =
        switch (failure.getErrorCode() & 0xff) {
          case FULL ->
              "no space left on the device (expected: room for the change); free some space and"
                  + " repeat; nothing of the change was written";
          case CORRUPT, NOTADB ->
              "damaged, or not a database of this program (expected: a SQLite file); move it away"
                  + " together with its -wal and -shm files and restore a backup";
          case READONLY, CANTOPEN ->
              "cannot be opened for writing by user %s (expected: read and write permission on the file and its directory); change the owner or the mode"
                  .formatted(System.getProperty("user.name"));
          case IOERR ->
              "the device failed to read or write (expected: a healthy file system with free"
                  + " space); check the system log; nothing of the change was acknowledged";
          default -> "the engine refused the work (expected: success); report this as a defect";
        };
    return new StoreException("%s: %s [%s]".formatted(file, what, failure.getMessage()), failure);
  }

  static StoreException closed(Path file) {
    return new StoreException(
        "%s: the store is closed (expected: open); the process is stopping".formatted(file));
  }
}
