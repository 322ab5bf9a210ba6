package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.OutputLog;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/// The frames file.
final class SqliteOutputLog implements OutputLog {
  private static final int DELETED_AT_ONCE = 500;

  private final AreaFile area;

  SqliteOutputLog(AreaFile area) {
    this.area = area;
  }

  @Override
  public void append(List<Frame> frames) {
    if (frames.isEmpty()) {
      return;
    }
    List<Frame> copy = List.copyOf(frames);
    area.writePlainly(
        Urgency.INTERACTIVE,
        session -> {
          PreparedStatement statement =
              session.prepare(
                  "INSERT INTO frames(execution, attempt, sequence, stream, bytes) VALUES(?, ?, ?,"
                      + " ?, ?) ON CONFLICT DO NOTHING");
          for (Frame frame : copy) {
            Session.bind(
                statement,
                frame.execution(),
                frame.attempt(),
                frame.sequence(),
                frame.stream() == Stream.STDOUT ? 1 : 2,
                frame.bytes());
            statement.executeUpdate();
          }
          return copy.size();
        });
  }

  @Override
  public List<Frame> read(String execution, int attempt, long fromSequence, int maxBytes) {
    return area.read(
        session -> {
          PreparedStatement statement =
              session.prepare(
                  "SELECT sequence, stream, bytes FROM frames WHERE execution = ? AND attempt = ?"
                      + " AND sequence >= ? ORDER BY sequence");
          Session.bind(statement, execution, attempt, fromSequence);
          List<Frame> frames = new ArrayList<>();
          long bytes = 0;
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              byte[] content = row.getBytes(3);
              bytes += content.length;
              if (bytes > maxBytes && !frames.isEmpty()) {
                break;
              }
              Stream stream = row.getInt(2) == 1 ? Stream.STDOUT : Stream.STDERR;
              frames.add(new Frame(execution, attempt, row.getLong(1), stream, content));
            }
          }
          return List.copyOf(frames);
        });
  }

  @Override
  public void delete(String execution) {
    int deleted;
    do {
      deleted =
          area.writePlainly(
              Urgency.BULK,
              session -> {
                PreparedStatement statement =
                    session.prepare(
                        "DELETE FROM frames WHERE rowid IN (SELECT rowid FROM frames WHERE"
                            + " execution = ? LIMIT ?)");
                Session.bind(statement, execution, DELETED_AT_ONCE);
                return statement.executeUpdate();
              });
    } while (deleted == DELETED_AT_ONCE);
  }
}
