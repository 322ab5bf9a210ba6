package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.EventJournal;
import dev.quarterdeck.store.NewEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The events table of one file.
final class SqliteJournal implements EventJournal {
  private static final String COLUMNS = "SELECT position, time, id, topic, key, type, body";

  private final AreaFile area;

  SqliteJournal(AreaFile area) {
    this.area = area;
  }

  /// Appends events as part of a unit.
  static void append(Session session, List<NewEvent> events, long time) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    PreparedStatement statement =
        session.prepare(
            "INSERT INTO events(time, id, topic, key, type, body) VALUES(?, ?, ?, ?, ?, ?)");
    for (NewEvent event : events) {
      Session.bind(
          statement, time, event.id(), event.topic(), event.key(), event.type(), event.body());
      statement.executeUpdate();
    }
  }

  @Override
  public List<Entry> read(long after, int limit) {
    String sql = COLUMNS + " FROM events WHERE position > ? ORDER BY position LIMIT ?";
    return area.read(session -> entries(session, sql, after, limit));
  }

  @Override
  public List<Entry> readKey(String topic, String key, long after, int limit) {
    String sql =
        COLUMNS
            + " FROM events WHERE topic = ? AND key = ? AND position > ? ORDER BY position LIMIT ?";
    return area.read(session -> entries(session, sql, topic, key, after, limit));
  }

  private static List<Entry> entries(Session session, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = session.prepare(sql);
    Session.bind(statement, parameters);
    List<Entry> entries = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        NewEvent event =
            new NewEvent(
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getBytes(7));
        entries.add(new Entry(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), event));
      }
    }
    return List.copyOf(entries);
  }

  @Override
  public long last() {
    return area.read(
        session -> session.number("SELECT seq FROM sqlite_sequence WHERE name = 'events'"));
  }

  @Override
  public long cursor(String group) {
    return area.cursor(group);
  }

  @Override
  public void saveCursor(String group, long position) {
    area.saveCursor(group, position);
  }

  @Override
  public void listen(Runnable listener) {
    area.listen(listener);
  }

  @Override
  public int deleteBefore(Instant time, int limit) {
    return area.writePlainly(
        Urgency.BULK,
        session -> {
          PreparedStatement statement =
              session.prepare(
                  "DELETE FROM events WHERE position IN (SELECT position FROM events WHERE time < ?"
                      + " ORDER BY time, position LIMIT ?)");
          Session.bind(statement, time.toEpochMilli(), limit);
          return statement.executeUpdate();
        });
  }
}
