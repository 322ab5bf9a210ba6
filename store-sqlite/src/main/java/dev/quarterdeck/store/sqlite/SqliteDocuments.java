package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Documents of all declared kinds, each in the file of its area.
final class SqliteDocuments implements Documents {
  private static final int CONSTRAINT = 19;
  private static final int MAX_LIMIT = 10_000;
  private static final int MAX_MANY = 1_000;

  private final Map<Kind, Place> places;
  private final InstantSource clock;
  private final RecentDocuments recent = new RecentDocuments();

  SqliteDocuments(Map<Kind, Place> places, InstantSource clock) {
    this.places = Map.copyOf(places);
    this.clock = clock;
  }

  @Override
  public Optional<Document> find(Kind kind, String id) {
    Place place = place(kind);
    return recent.find(new RecentDocuments.Key(kind.name(), id), () -> read(place, id));
  }

  private static Optional<Document> read(Place place, String id) {
    return place.area.read(
        session -> {
          PreparedStatement statement = session.prepare(place.sql.select);
          statement.setString(1, id);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(place.sql.document(row)) : Optional.empty();
          }
        });
  }

  @Override
  public List<Document> findAll(Kind kind, Collection<String> ids) {
    if (ids.size() > MAX_MANY) {
      throw new IllegalArgumentException(
          "ids: %d (expected: at most %d)".formatted(ids.size(), MAX_MANY));
    }
    Place place = place(kind);
    return place.area.read(
        session -> {
          List<Document> documents = new ArrayList<>(ids.size());
          PreparedStatement statement = session.prepare(place.sql.select);
          for (String id : ids) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
              if (row.next()) {
                documents.add(place.sql.document(row));
              }
            }
          }
          return documents;
        });
  }

  @Override
  public Page find(Query query) {
    if (query.limit() < 1 || query.limit() > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit: %d (expected: 1 to %d)".formatted(query.limit(), MAX_LIMIT));
    }
    Place place = place(query.kind());
    List<Statements.Sql> parts = place.sql.page(query);
    List<Document> found = place.area.read(session -> page(session, place, parts, query.limit()));
    if (found.size() <= query.limit()) {
      return new Page(found, Optional.empty());
    }
    List<Document> documents = found.subList(0, query.limit());
    Document last = documents.getLast();
    @Nullable Object value =
        query.sort().equals("id") ? last.id() : last.indexed().get(query.sort());
    return new Page(documents, Optional.of(new Query.Cursor(value, last.id())));
  }

  /// Up to one document more than the page holds, so that the caller knows whether it ends there.
  private static List<Document> page(
      Session session, Place place, List<Statements.Sql> parts, int limit) throws SQLException {
    List<Document> documents = new ArrayList<>();
    for (Statements.Sql part : parts) {
      if (documents.size() > limit) {
        break;
      }
      PreparedStatement statement = session.prepare(part.text() + " LIMIT ?");
      Session.bind(statement, part.parameters().toArray());
      statement.setInt(part.parameters().size() + 1, limit + 1 - documents.size());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          documents.add(place.sql.document(row));
        }
      }
    }
    return documents;
  }

  @Override
  public Optional<Query.Cursor> skip(Query query, long count) {
    Place place = place(query.kind());
    List<Statements.Sql> parts = place.sql.places(query);
    return place.area.read(session -> skip(session, parts, count));
  }

  private static Optional<Query.Cursor> skip(
      Session session, List<Statements.Sql> parts, long count) throws SQLException {
    long left = count;
    for (Statements.Sql part : parts) {
      PreparedStatement statement = session.prepare(part.text() + " LIMIT 1 OFFSET ?");
      Session.bind(statement, part.parameters().toArray());
      statement.setLong(part.parameters().size() + 1, left - 1);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          Object value = row.getObject(1);
          boolean number = value instanceof Number;
          return Optional.of(new Query.Cursor(number ? row.getLong(1) : value, row.getString(2)));
        }
      }
      left -=
          session.number("SELECT count(*) FROM (" + part.text() + ")", part.parameters().toArray());
    }
    return Optional.empty();
  }

  @Override
  public long count(Kind kind, List<Query.Condition> conditions) {
    Place place = place(kind);
    Statements.Sql count = place.sql.count(conditions);
    return place.area.read(session -> session.number(count.text(), count.parameters().toArray()));
  }

  @Override
  public long commit(Change change) throws VersionConflict, DuplicateValue {
    Place place = place(change.kind());
    Unit<Long> unit = unit(place, change, clock.millis());
    List<RecentDocuments.Key> changed = List.of(key(change));
    recent.begin(changed);
    try {
      return place.area.write(change.urgency(), !change.events().isEmpty(), unit);
    } finally {
      recent.end(changed);
    }
  }

  private static RecentDocuments.Key key(Change change) {
    return new RecentDocuments.Key(change.kind().name(), change.id());
  }

  @Override
  public List<Outcome> commitAll(List<Change> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    Change first = changes.getFirst();
    if (changes.size() > MAX_MANY) {
      throw new IllegalArgumentException(
          "changes: %d (expected: at most %d)".formatted(changes.size(), MAX_MANY));
    }
    AreaFile area = place(first.kind()).area;
    long time = clock.millis();
    List<Unit<Long>> units = new ArrayList<>(changes.size());
    for (Change change : changes) {
      Place place = place(change.kind());
      if (place.area != area || change.urgency() != first.urgency()) {
        throw new IllegalArgumentException(
            "changes: of several areas or urgencies (expected: all of one area and urgency)");
      }
      units.add(unit(place, change, time));
    }
    boolean appendsEvents = changes.stream().anyMatch(change -> !change.events().isEmpty());
    List<RecentDocuments.Key> changed = changes.stream().map(SqliteDocuments::key).toList();
    List<Job<Long>> jobs = List.of();
    recent.begin(changed);
    try {
      jobs = area.writeAll(first.urgency(), appendsEvents, units);
      return jobs.stream().map(job -> outcome(area, job)).toList();
    } finally {
      // When one fails, the others may still be under way.
      jobs.forEach(Job::awaitEnd);
      recent.end(changed);
    }
  }

  private static Outcome outcome(AreaFile area, Job<Long> job) {
    try {
      return new Outcome.Committed(area.await(job));
    } catch (VersionConflict conflict) {
      return new Outcome.Conflicting(conflict);
    } catch (DuplicateValue duplicate) {
      return new Outcome.Duplicating(duplicate);
    }
  }

  private static Unit<Long> unit(Place place, Change change, long time) {
    @Nullable Object[] row =
        switch (change) {
          case Change.Put put -> place.sql.written(put.document(), put.newVersion());
          case Change.Delete delete -> new @Nullable Object[] {delete.id()};
        };
    return session -> {
      long version = write(session, place.sql, change, row);
      SqliteJournal.append(session, change.events(), time);
      return version;
    };
  }

  private static long write(Session session, Statements sql, Change change, @Nullable Object[] row)
      throws SQLException, VersionConflict, DuplicateValue {
    PreparedStatement select = session.prepare(sql.stored);
    select.setString(1, change.id());
    long actual;
    Statements.Sql write;
    try (ResultSet stored = select.executeQuery()) {
      actual = stored.next() ? stored.getLong(1) : 0;
      if (actual != change.expectedVersion()) {
        throw new VersionConflict(change.kind(), change.id(), change.expectedVersion(), actual);
      }
      write =
          switch (change) {
            case Change.Put put when actual > 0 -> sql.update(stored, row);
            case Change.Put put -> new Statements.Sql(sql.insert, Arrays.asList(row));
            case Change.Delete delete -> new Statements.Sql(sql.delete, Arrays.asList(row));
          };
    }
    PreparedStatement statement = session.prepare(write.text());
    Session.bind(statement, write.parameters().toArray());
    try {
      statement.executeUpdate();
    } catch (SQLException failure) {
      if (change instanceof Change.Put && (failure.getErrorCode() & 0xff) == CONSTRAINT) {
        throw new DuplicateValue(change.kind(), takenField(change.kind(), failure));
      }
      throw failure;
    }
    return change instanceof Change.Put put ? put.newVersion() : actual;
  }

  /// The engine names the column only in its message: `UNIQUE constraint failed: d_user.f_email`.
  private static String takenField(Kind kind, SQLException failure) throws SQLException {
    String message = String.valueOf(failure.getMessage());
    for (Kind.Field field : kind.fields()) {
      String column = "d_" + kind.name() + "." + KindTable.column(field.name());
      int at = message.indexOf(column);
      if (field.unique() && at >= 0 && endsWord(message, at + column.length())) {
        return field.name();
      }
    }
    throw failure;
  }

  private static boolean endsWord(String text, int end) {
    return end == text.length()
        || !(Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_');
  }

  private Place place(Kind kind) {
    Place place = places.get(kind);
    if (place == null) {
      throw new IllegalArgumentException(
          "kind: %s in area %s (expected: a kind that the store was opened with)"
              .formatted(kind.name(), kind.area()));
    }
    return place;
  }

  /// Where a kind lives, and its SQL.
  record Place(AreaFile area, Statements sql) {}
}
