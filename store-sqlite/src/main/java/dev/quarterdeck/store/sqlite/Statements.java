package dev.quarterdeck.store.sqlite;

import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of one kind. Names come from the declaration only, values are always parameters.
final class Statements {
  private static final int MAX_VALUES = 1_000;

  private final Kind kind;
  private final Map<String, Kind.Field> fields = new LinkedHashMap<>();
  private final String columns;
  private final String table;
  final String select;
  final String version;
  final String insert;
  final String update;
  final String delete;

  Statements(Kind kind) {
    this.kind = kind;
    kind.fields().forEach(field -> fields.put(field.name(), field));
    table = "d_" + kind.name();
    List<String> names = kind.fields().stream().map(f -> KindTable.column(f.name())).toList();
    columns = "id, version, body" + names.stream().map(n -> ", " + n).collect(Collectors.joining());
    select = "SELECT %s FROM %s WHERE id = ?".formatted(columns, table);
    version = "SELECT version FROM %s WHERE id = ?".formatted(table);
    insert =
        "INSERT INTO %s(version, body%s, id) VALUES(?, ?, ?%s)"
            .formatted(
                table,
                names.stream().map(n -> ", " + n).collect(Collectors.joining()),
                ", ?".repeat(names.size()));
    update =
        "UPDATE %s SET version = ?, body = ?%s WHERE id = ?"
            .formatted(
                table, names.stream().map(n -> ", " + n + " = ?").collect(Collectors.joining()));
    delete = "DELETE FROM %s WHERE id = ?".formatted(table);
  }

  /// Parameters of [#insert] and [#update].
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
      switch (field.type()) {
        case TEXT -> {
          String text = row.getString(column);
          if (text != null) {
            indexed.put(field.name(), text);
          }
        }
        case INTEGER -> {
          long number = row.getLong(column);
          if (!row.wasNull()) {
            indexed.put(field.name(), number);
          }
        }
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
  record Sql(String text, List<Object> parameters) {
    Sql and(String condition, List<?> more) {
      List<Object> all = new ArrayList<>(parameters);
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
