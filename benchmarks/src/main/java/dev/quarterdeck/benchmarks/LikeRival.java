package dev.quarterdeck.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The same bookmarks in SQLite, asked as linkding asks: four LIKE for each word, a join for each
/// tag, the newest fifty and how many there are. In this process, without HTTP.
final class LikeRival implements AutoCloseable {
  private static final String FIELDS =
      "title LIKE ? OR description LIKE ? OR notes LIKE ? OR url LIKE ?";

  private final Connection connection;
  private final GeneratedBookmarks generated;
  private int next;

  LikeRival(Path file, GeneratedBookmarks generated) throws SQLException {
    this.generated = generated;
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run(
        "CREATE TABLE IF NOT EXISTS bookmark(id INTEGER PRIMARY KEY, url TEXT, title TEXT,"
            + " description TEXT, notes TEXT, is_archived INTEGER, unread INTEGER, date_added"
            + " INTEGER)");
    run("CREATE TABLE IF NOT EXISTS tag(id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
    run("CREATE TABLE IF NOT EXISTS bookmark_tags(bookmark_id INTEGER, tag_id INTEGER)");
    run("CREATE INDEX IF NOT EXISTS tags_of_bookmark ON bookmark_tags(bookmark_id)");
    run("CREATE INDEX IF NOT EXISTS bookmarks_of_tag ON bookmark_tags(tag_id)");
    run("CREATE INDEX IF NOT EXISTS by_date ON bookmark(date_added)");
    connection.setAutoCommit(false);
  }

  /// Brings it to so many bookmarks; what a run before has left is used.
  void fill(int count) throws SQLException {
    Map<String, Integer> tags = new HashMap<>();
    update("DELETE FROM bookmark_tags WHERE bookmark_id > ?", List.of(count));
    update("DELETE FROM bookmark WHERE id > ?", List.of(count));
    next = (int) read("SELECT count(*) FROM bookmark", List.of());
    if (next > 0 && next < count) {
      throw new SQLException("the file has %d of %d bookmarks".formatted(next, count));
    }
    for (int i = next; i < count; i++) {
      insert(generated.entry(i, count), tags);
    }
    connection.commit();
  }

  /// One bookmark in a transaction of its own.
  void create(GeneratedBookmarks.Entry entry) throws SQLException {
    insert(entry, new HashMap<>());
    connection.commit();
  }

  private void insert(GeneratedBookmarks.Entry entry, Map<String, Integer> tags)
      throws SQLException {
    int id = ++next;
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO bookmark VALUES(?, ?, ?, ?, ?, ?, ?, ?)")) {
      bind(
          statement,
          List.of(
              id,
              entry.url(),
              entry.title(),
              entry.description(),
              entry.notes(),
              entry.archived() ? 1 : 0,
              entry.unread() ? 1 : 0,
              entry.addedMillis()));
      statement.executeUpdate();
    }
    for (String tag : entry.tags()) {
      Integer known = tags.get(tag);
      if (known == null) {
        known = tags.size() + 1;
        tags.put(tag, known);
        update("INSERT OR IGNORE INTO tag VALUES(?, ?)", List.of(known, tag));
      }
      update("INSERT INTO bookmark_tags VALUES(?, ?)", List.of(id, known));
    }
  }

  /// The newest fifty with all words and all tags, and how many there are.
  long search(List<String> words, List<String> tags) throws SQLException {
    StringBuilder where = new StringBuilder("is_archived = 0");
    List<Object> values = new ArrayList<>();
    for (String word : words) {
      where.append(" AND (").append(FIELDS).append(')');
      for (int i = 0; i < 4; i++) {
        values.add("%" + word + "%");
      }
    }
    for (String tag : tags) {
      where.append(
          " AND id IN (SELECT bookmark_id FROM bookmark_tags JOIN tag ON tag.id = tag_id WHERE"
              + " name = ?)");
      values.add(tag);
    }
    read("SELECT * FROM bookmark WHERE " + where + " ORDER BY date_added DESC LIMIT 50", values);
    return read("SELECT count(*) FROM bookmark WHERE " + where, values);
  }

  /// Fifty behind so many others, as linkding pages.
  void page(int offset) throws SQLException {
    read(
        "SELECT * FROM bookmark WHERE is_archived = 0 ORDER BY date_added DESC LIMIT 50 OFFSET ?",
        List.of(offset));
  }

  void tagCounts() throws SQLException {
    read(
        "SELECT name, count(*) FROM tag JOIN bookmark_tags ON tag.id = tag_id GROUP BY name",
        List.of());
  }

  private long read(String sql, List<Object> values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      long first = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          first = rows.getLong(1);
          var unused = rows.getString(2 > rows.getMetaData().getColumnCount() ? 1 : 2);
        }
      }
      return first;
    }
  }

  private void update(String sql, List<Object> values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, List<?> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
