package dev.quarterdeck.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/// One connection with its prepared statements. Belongs to one platform thread at a time.
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final int STATEMENTS_KEPT = 100;
  private static final int WRITER_CACHE_KIB = 32 << 10;
  private static final int PAGES_PER_CHECKPOINT = 8_000;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

  private Session(Connection connection) {
    this.connection = connection;
  }

  /// A connection that writes: every commit is on the disk when it returns.
  static Session writing(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(64 << 20);
    // An import touches pages all over the indexes: a page that many commits change shall be
    // written back once, and be in memory meanwhile.
    config.setCacheSize(-WRITER_CACHE_KIB);
    Session session = open(file, config);
    session.runOnce("PRAGMA wal_autocheckpoint = " + PAGES_PER_CHECKPOINT);
    return session;
  }

  static Session reading(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return open(file, config);
  }

  private static Session open(Path file, SQLiteConfig config) throws SQLException {
    // As a URI, because the driver reads options behind a question mark in a plain path.
    config.setBusyTimeout(10_000);
    // Otherwise the driver asks for the last row id after each insert, by a statement of its own.
    config.setGetGeneratedKeys(false);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return new Session(config.createConnection("jdbc:sqlite:" + file.toUri().toASCIIString()));
  }

  /// The statement, its parameters unset. Not to be closed by the caller.
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement prepared = connection.prepareStatement(sql);
    statements.put(sql, prepared);
    if (statements.size() > STATEMENTS_KEPT) {
      var oldest = statements.entrySet().iterator();
      oldest.next().getValue().close();
      oldest.remove();
    }
    return prepared;
  }

  /// Drops the prepared statements: after an error of the engine the driver may have closed some of
  /// them.
  void forgetStatements() {
    for (PreparedStatement statement : statements.values()) {
      try {
        statement.close();
      } catch (SQLException alreadyClosed) {
        LOG.debug("a statement did not close: {}", alreadyClosed.getMessage());
      }
    }
    statements.clear();
  }

  /// Runs a statement without parameters that is used again and again.
  void run(String sql) throws SQLException {
    prepare(sql).executeUpdate();
  }

  /// Runs a statement once, as schema changes are.
  void runOnce(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of the first row, 0 when there is no row or it is null.
  long number(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = prepare(sql);
    bind(statement, parameters);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  @Override
  public void close() throws SQLException {
    forgetStatements();
    connection.close();
  }
}
