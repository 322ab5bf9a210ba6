package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of one kind. Names come from the declaration only, values are always parameters.
final class Statements {
  private static final int MAX_VALUES = 1_000;

  private final Kind kind;
  private final Map<String, Kind.Field> fields = new LinkedHashMap<>();
  private final Map<BitSet, String> updates = new ConcurrentHashMap<>();
  private final String columns;
  private final String table;
  final String select;
  final String stored;
  final String insert;
  final String delete;

  Statements(Kind kind) {
    this.kind = kind;
    kind.fields().forEach(field -> fields.put(field.name(), field));
    table = "d_" + kind.name();
    List<String> names = kind.fields().stream().map(f -> KindTable.column(f.name())).toList();
    columns = "id, version, body" + names.stream().map(n -> ", " + n).collect(Collectors.joining());
    select = "SELECT %s FROM %s WHERE id = ?".formatted(columns, table);
    stored =
        "SELECT version%s FROM %s WHERE id = ?"
            .formatted(names.stream().map(n -> ", " + n).collect(Collectors.joining()), table);
    insert =
        "INSERT INTO %s(version, body%s, id) VALUES(?, ?, ?%s)"
            .formatted(
                table,
                names.stream().map(n -> ", " + n).collect(Collectors.joining()),
                ", ?".repeat(names.size()));
    delete = "DELETE FROM %s WHERE id = ?".formatted(table);
  }

  /// The statement that replaces what is stored by a document, and its parameters. Fields whose
  /// values stay are left alone: the engine would write all of their indexes again.
  ///
  /// @param row of [#stored], the present one
  /// @param written of the document
  Sql update(ResultSet row, @Nullable Object[] written) throws SQLException {
    BitSet changed = new BitSet();
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(written[0]);
    parameters.add(written[1]);
    int i = 0;
    for (Kind.Field field : fields.values()) {
      @Nullable Object value = written[i + 2];
      if (!Objects.equals(value(field, row, i + 2), value)) {
        changed.set(i);
        parameters.add(value);
      }
      i++;
    }
    parameters.add(written[i + 2]);
    return new Sql(updates.computeIfAbsent(changed, this::update), parameters);
  }

  private String update(BitSet changed) {
    StringBuilder columnsSet = new StringBuilder();
    int i = 0;
    for (String name : fields.keySet()) {
      columnsSet.append(changed.get(i) ? ", " + KindTable.column(name) + " = ?" : "");
      i++;
    }
    return "UPDATE %s SET version = ?, body = ?%s WHERE id = ?".formatted(table, columnsSet);
  }

  private static @Nullable Object value(Kind.Field field, ResultSet row, int column)
      throws SQLException {
    return switch (field.type()) {
      case TEXT -> row.getString(column);
      case INTEGER -> {
        long number = row.getLong(column);
        yield row.wasNull() ? null : number;
      }
    };
  }

  /// Parameters of [#insert], and what [#update] chooses from.
  @Nullable Object[] written(Document document, long newVersion) {
    for (String name : document.indexed().keySet()) {
      if (!fields.containsKey(name)) {
        throw misuse(name, "not a declared field");
      }
    }
    @Nullable Object[] parameters = new @Nullable Object[fields.size() + 3];
    int i = 0;
    parameters[i++] = newVersion;
    parameters[i++] = document.body();
    for (Kind.Field field : fields.values()) {
      Object value = document.indexed().get(field.name());
      parameters[i++] = value == null ? null : checked(field, value);
    }
    parameters[i] = document.id();
    return parameters;
  }

  Document document(ResultSet row) throws SQLException {
    Map<String, Object> indexed = new HashMap<>();
    int column = 4;
    for (Kind.Field field : fields.values()) {
      @Nullable Object value = value(field, row, column);
      if (value != null) {
        indexed.put(field.name(), value);
      }
      column++;
    }
    return new Document(row.getString(1), row.getLong(2), indexed, row.getBytes(3));
  }

  /// The statements whose rows, one after the other, are the page: the order puts absent values
  /// first, and a range over an index holds either absent or present ones.
  List<Sql> page(Query query) {
    return ordered(query, "SELECT " + columns + " FROM " + table);
  }

  /// The same rows, of which only the sort value and the id are read.
  List<Sql> places(Query query) {
    String sort = query.sort().equals("id") ? "id" : KindTable.column(field(query.sort()).name());
    return ordered(query, "SELECT " + sort + ", id FROM " + table);
  }

  private List<Sql> ordered(Query query, String select) {
    Sql where = where(query.conditions());
    String way = query.descending() ? " DESC" : "";
    String compare = query.descending() ? " < " : " > ";
    if (query.sort().equals("id")) {
      Sql part =
          query.from().isEmpty()
              ? where
              : where.and("id" + compare + "?", List.of(query.from().get().id()));
      return List.of(part.wrapped(select, " ORDER BY id" + way));
    }
    Kind.Field field = field(query.sort());
    String column = KindTable.column(field.name());
    // Values that differ, because absent ones are excluded, are an order by themselves.
    boolean distinct =
        field.unique()
            && query.conditions().stream()
                .anyMatch(condition -> excludesAbsent(condition, field.name()));
    String order =
        distinct
            ? " ORDER BY %s%s".formatted(column, way)
            : " ORDER BY %s%s, id%s".formatted(column, way, way);
    return parts(query, where, field, column, compare).stream()
        .map(part -> part.wrapped(select, order))
        .toList();
  }

  private static boolean excludesAbsent(Query.Condition condition, String field) {
    return condition.field().equals(field)
        && switch (condition) {
          case Query.Equal equal -> true;
          case Query.OneOf oneOf -> true;
          case Query.Range range -> range.from() != null || range.below() != null;
        };
  }

  private List<Sql> parts(Query query, Sql where, Kind.Field field, String column, String compare) {
    Optional<Query.Cursor> from = query.from();
    if (from.isEmpty()) {
      return List.of(where);
    }
    Object value = from.get().value();
    String id = from.get().id();
    Sql restOfValue =
        value == null
            ? where.and(column + " IS NULL AND id" + compare + "?", List.of(id))
            : where.and(
                "(%s, id)%s(?, ?)".formatted(column, compare), List.of(checked(field, value), id));
    if (query.descending()) {
      return value == null
          ? List.of(restOfValue)
          : List.of(restOfValue, where.and(column + " IS NULL", List.of()));
    }
    return value == null
        ? List.of(restOfValue, where.and(column + " IS NOT NULL", List.of()))
        : List.of(restOfValue);
  }

  Sql count(List<Query.Condition> conditions) {
    return where(conditions).wrapped("SELECT count(*) FROM " + table, "");
  }

  private Sql where(List<Query.Condition> conditions) {
    Sql where = new Sql("", List.of());
    for (Query.Condition condition : conditions) {
      Kind.Field field = field(condition.field());
      String column = KindTable.column(field.name());
      where =
          switch (condition) {
            case Query.Equal(String name, Object value) ->
                where.and(column + " = ?", List.of(checked(field, value)));
            case Query.OneOf(String name, List<?> values) ->
                where.and(oneOf(field, column, values));
            case Query.Range(String name, Object from, Object below) -> {
              Sql lower =
                  from == null ? where : where.and(column + " >= ?", List.of(checked(field, from)));
              yield below == null
                  ? lower
                  : lower.and(column + " < ?", List.of(checked(field, below)));
            }
          };
    }
    return where;
  }

  private Sql oneOf(Kind.Field field, String column, List<?> values) {
    if (values.size() > MAX_VALUES) {
      throw misuse(field.name(), values.size() + " values in one condition, at most " + MAX_VALUES);
    }
    List<Object> checked = new ArrayList<>();
    values.forEach(value -> checked.add(checked(field, value)));
    String marks = values.stream().map(value -> "?").collect(Collectors.joining(", "));
    return new Sql(column + " IN (" + marks + ")", checked);
  }

  private Kind.Field field(String name) {
    Kind.Field field = fields.get(name);
    if (field == null) {
      throw misuse(name, "not a declared field");
    }
    return field;
  }

  private Object checked(Kind.Field field, Object value) {
    boolean fits =
        switch (field.type()) {
          case TEXT -> value instanceof String;
          case INTEGER -> value instanceof Long;
        };
    if (!fits) {
      throw misuse(
          field.name(), "a " + value.getClass().getSimpleName() + " in a field of " + field.type());
    }
    return value;
  }

  private IllegalArgumentException misuse(String field, String what) {
    return new IllegalArgumentException(
        "%s.%s: %s (expected: a value of a declared field: %s)"
            .formatted(kind.name(), field, what, fields.values()));
  }

  /// A piece of SQL with its parameters.
  record Sql(String text, List<? extends @Nullable Object> parameters) {
    Sql and(String condition, List<?> more) {
      List<@Nullable Object> all = new ArrayList<>(parameters);
      all.addAll(more);
      return new Sql(text.isEmpty() ? condition : text + " AND " + condition, all);
    }

    Sql and(Sql condition) {
      return and(condition.text(), condition.parameters());
    }

    Sql wrapped(String before, String after) {
      return new Sql(before + (text.isEmpty() ? "" : " WHERE " + text) + after, parameters);
    }
  }
}
