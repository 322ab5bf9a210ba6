package dev.quarterdeck.store.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How far each group has come: known at once, written down now and then by the writer. The map of
/// saved positions is touched by the writer's thread only.
final class Cursors {
  private final Map<String, Long> current = new ConcurrentHashMap<>();
  private final Map<String, Long> saved = new HashMap<>();
  private volatile boolean dirty;

  long get(String group) {
    return current.getOrDefault(group, 0L);
  }

  /// Whether the position is the first one that has not been written down.
  boolean set(String group, long position) {
    current.put(group, position);
    boolean first = !dirty;
    dirty = true;
    return first;
  }

  boolean dirty() {
    return dirty;
  }

  void load(Session session) throws SQLException {
    try (ResultSet row = session.prepare("SELECT name, position FROM cursors").executeQuery()) {
      while (row.next()) {
        saved.put(row.getString(1), row.getLong(2));
      }
    }
    current.putAll(saved);
  }

  /// Writes the positions that changed, and answers them for [#written].
  Map<String, Long> write(Session session) throws SQLException {
    dirty = false;
    Map<String, Long> changed = new HashMap<>(current);
    changed.entrySet().removeIf(entry -> entry.getValue().equals(saved.get(entry.getKey())));
    PreparedStatement statement =
        session.prepare(
            "INSERT INTO cursors(name, position) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET"
                + " position = excluded.position");
    for (Map.Entry<String, Long> entry : changed.entrySet()) {
      Session.bind(statement, entry.getKey(), entry.getValue());
      statement.executeUpdate();
    }
    return changed;
  }

  /// The transaction with these positions is durable.
  void written(Map<String, Long> positions) {
    saved.putAll(positions);
  }

  /// The transaction is lost; the positions are still to be written.
  void lost() {
    dirty = true;
  }
}
