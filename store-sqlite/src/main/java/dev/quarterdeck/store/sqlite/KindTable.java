package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.StoreException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table of a kind: id, version, body, and a column with an index for each declared field.
///
/// A declared field that the table lacks is added and filled through the kind's [Backfill]; without
/// one the file is refused when it holds documents. A column that is no longer declared is dropped:
/// its values are in the bodies.
final class KindTable {
  private static final int BACKFILL_CHUNK = 500;

  private final Kind kind;
  private final String table;

  KindTable(Kind kind) {
    this.kind = kind;
    this.table = "d_" + kind.name();
  }

  static String column(String field) {
    return "f_" + field;
  }

  void migrate(Path file, Session session, @Nullable Backfill backfill) throws SQLException {
    Set<String> wanted = new LinkedHashSet<>();
    for (Kind.Field field : kind.fields()) {
      wanted.add(column(field.name()) + " " + field.type());
    }
    if (session.number("SELECT count(*) FROM sqlite_schema WHERE name = ?", table) == 0) {
      String fields = wanted.stream().map(column -> ", " + column).collect(Collectors.joining());
      session.runOnce(
          "CREATE TABLE %s(id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body BLOB NOT NULL%s)"
              .formatted(table, fields));
    } else {
      alter(file, session, columns(session), wanted, backfill);
    }
    index(file, session);
  }

  private void alter(
      Path file,
      Session session,
      Set<String> present,
      Set<String> wanted,
      @Nullable Backfill backfill)
      throws SQLException {
    Set<String> added = new LinkedHashSet<>(wanted);
    added.removeAll(present);
    Set<String> dropped = new LinkedHashSet<>(present);
    dropped.removeAll(wanted);
    if (!dropped.isEmpty()) {
      dropIndexes(session, Set.of());
    }
    for (String column : dropped) {
      session.runOnce("ALTER TABLE " + table + " DROP COLUMN " + name(column));
    }
    for (String column : added) {
      session.runOnce("ALTER TABLE " + table + " ADD COLUMN " + column);
    }
    if (!added.isEmpty() && session.number("SELECT count(*) FROM " + table) > 0) {
      if (backfill == null) {
        throw new StoreException(
            "%s: documents of the kind %s lack the new indexed field %s (expected: a Backfill for the kind); open the store with one that computes the field from the body"
                .formatted(
                    file,
                    kind.name(),
                    added.stream()
                        .map(column -> name(column).substring(2))
                        .collect(Collectors.joining(", "))));
      }
      fill(session, backfill, added.stream().map(KindTable::name).toList());
    }
  }

  private void fill(Session session, Backfill backfill, List<String> columns) throws SQLException {
    String assignments = columns.stream().map(c -> c + " = ?").collect(Collectors.joining(", "));
    String update = "UPDATE %s SET %s WHERE id = ?".formatted(table, assignments);
    String select =
        "SELECT id, body FROM %s WHERE id > ? ORDER BY id LIMIT %d"
            .formatted(table, BACKFILL_CHUNK);
    String after = "";
    List<Row> chunk;
    do {
      chunk = rows(session, select, after);
      for (Row row : chunk) {
        Map<String, Object> values = backfill.indexed(row.body());
        PreparedStatement statement = session.prepare(update);
        for (int i = 0; i < columns.size(); i++) {
          statement.setObject(i + 1, values.get(columns.get(i).substring(2)));
        }
        statement.setString(columns.size() + 1, row.id());
        statement.executeUpdate();
        after = row.id();
      }
    } while (!chunk.isEmpty());
  }

  private static List<Row> rows(Session session, String select, String after) throws SQLException {
    PreparedStatement statement = session.prepare(select);
    statement.setString(1, after);
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(new Row(row.getString(1), row.getBytes(2)));
      }
    }
    return rows;
  }

  private void index(Path file, Session session) throws SQLException {
    Map<String, String> wanted = wantedIndexes();
    dropIndexes(session, wanted.keySet());
    for (Map.Entry<String, String> index : wanted.entrySet()) {
      boolean unique = index.getKey().startsWith("u_");
      try {
        session.runOnce(
            "CREATE %s INDEX IF NOT EXISTS %s ON %s(%s)"
                .formatted(unique ? "UNIQUE" : "", index.getKey(), table, index.getValue()));
      } catch (SQLException failure) {
        if ((failure.getErrorCode() & 0xff) != 19) {
          throw failure;
        }
        throw new StoreException(
            "%s: documents of the kind %s share values of %s, now declared unique (expected: no two alike); make them differ with the version before, then start this one"
                .formatted(file, kind.name(), index.getValue().substring(2)),
            failure);
      }
    }
  }

  /// Index columns by index name. A text field is indexed together with each number too, because
  /// "those of one owner, the newest first" is how nearly every list is read.
  private Map<String, String> wantedIndexes() {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (Kind.Field field : kind.fields()) {
      String name = kind.name() + "__" + field.name();
      String column = column(field.name());
      if (field.unique()) {
        wanted.put("u_" + name, column);
        continue;
      }
      wanted.put("i_" + name, column + ", id");
      for (Kind.Field number : kind.fields()) {
        if (field.type() == Kind.Type.TEXT && number.type() == Kind.Type.INTEGER) {
          wanted.put(
              "i_" + name + "__" + number.name(), column + ", " + column(number.name()) + ", id");
        }
      }
    }
    return wanted;
  }

  private void dropIndexes(Session session, Set<String> except) throws SQLException {
    Set<String> present = new TreeSet<>();
    PreparedStatement statement =
        session.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT"
                + " NULL");
    statement.setString(1, table);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        present.add(row.getString(1));
      }
    }
    present.removeAll(except);
    for (String index : present) {
      session.runOnce("DROP INDEX " + index);
    }
  }

  /// The field columns of the table with their types.
  private Set<String> columns(Session session) throws SQLException {
    Set<String> columns = new LinkedHashSet<>();
    PreparedStatement statement = session.prepare("SELECT name, type FROM pragma_table_info(?)");
    statement.setString(1, table);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        columns.add(row.getString(1) + " " + row.getString(2));
      }
    }
    columns.removeIf(column -> !column.startsWith("f_"));
    return columns;
  }

  private static String name(String column) {
    return column.substring(0, column.indexOf(' '));
  }

  private record Row(String id, byte[] body) {}
}
