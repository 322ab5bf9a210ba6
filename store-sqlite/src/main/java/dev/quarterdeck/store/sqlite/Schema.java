package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a file to the schema of this program: first the engine's own tables, by numbered steps,
/// then the tables of the declared kinds. Everything in one transaction, so that a process that
/// dies here leaves the old schema.
final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  /// Marks our files in their header: "QDK" and a format number.
  private static final int APPLICATION_ID = 0x51444b01;

  /// Step n leads from version n to version n + 1. Steps are only ever added.
  private static final List<List<String>> AREA_STEPS =
      List.of(
          List.of(
              "CREATE TABLE events(position INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT"
                  + " NULL, id TEXT NOT NULL, topic TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT"
                  + " NULL, body BLOB NOT NULL)",
              "CREATE INDEX events_key ON events(topic, key, position)",
              "CREATE INDEX events_time ON events(time)",
              "CREATE TABLE cursors(name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT"
                  + " ROWID"));

  private static final List<List<String>> FRAMES_STEPS =
      List.of(
          List.of(
              "CREATE TABLE frames(execution TEXT NOT NULL, attempt INTEGER NOT NULL, sequence"
                  + " INTEGER NOT NULL, stream INTEGER NOT NULL, bytes BLOB NOT NULL)",
              "CREATE UNIQUE INDEX frames_key ON frames(execution, attempt, sequence)"));

  private final Path file;
  private final Session session;

  private Schema(Path file, Session session) {
    this.file = file;
    this.session = session;
  }

  static void ofArea(Path file, Session session, List<Kind> kinds, Map<String, Backfill> backfills)
      throws SQLException {
    new Schema(file, session).migrate(AREA_STEPS, kinds, backfills);
  }

  static void ofFrames(Path file, Session session) throws SQLException {
    new Schema(file, session).migrate(FRAMES_STEPS, List.of(), Map.of());
  }

  private void migrate(List<List<String>> steps, List<Kind> kinds, Map<String, Backfill> backfills)
      throws SQLException {
    session.runOnce("BEGIN IMMEDIATE");
    boolean done = false;
    try {
      for (String statement :
          steps.subList(checkedVersion(steps.size()), steps.size()).stream()
              .flatMap(List::stream)
              .toList()) {
        session.runOnce(statement);
      }
      session.runOnce("PRAGMA application_id = " + APPLICATION_ID);
      session.runOnce("PRAGMA user_version = " + steps.size());
      for (Kind kind : kinds) {
        new KindTable(kind).migrate(file, session, backfills.get(kind.name()));
      }
      session.runOnce("COMMIT");
      done = true;
    } finally {
      if (!done) {
        rollBack();
      }
    }
  }

  /// Never fails: after some errors, a full disk for one, the engine has rolled back by itself, and
  /// its complaint about that would hide the error.
  private void rollBack() {
    try {
      session.runOnce("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      LOG.debug("{}: nothing to roll back: {}", file, alreadyRolledBack.getMessage());
    }
  }

  /// The version of the file, after it was made sure that this program understands it.
  private int checkedVersion(int newest) throws SQLException {
    long application = session.number("PRAGMA application_id");
    long version = session.number("PRAGMA user_version");
    boolean empty = session.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (application != APPLICATION_ID && !empty) {
      throw new StoreException(
          "%s: a database of another program (expected: one written by Quarterdeck, or no file); move it away, or set DATA_DIR or DATABASE_NAME to another name"
              .formatted(file));
    }
    if (version > newest) {
      throw new StoreException(
          "%s: schema version %d (expected: at most %d); a newer Quarterdeck wrote it: start that version, or restore a backup from before the update"
              .formatted(file, version, newest));
    }
    return (int) version;
  }
}
