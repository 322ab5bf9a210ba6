package dev.quarterdeck.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The closed form of every search: conditions that must all hold, one order, a page.
///
/// @param sort a declared field, or `id`
/// @param limit 1 to 10,000
/// @param from where the page starts, of the page before
public record Query(
    Kind kind,
    List<Condition> conditions,
    String sort,
    boolean descending,
    int limit,
    Optional<Cursor> from) {
  public Query {
    conditions = List.copyOf(conditions);
  }

  /// A condition on one declared field. Values are `String` or `Long`, as the field's type says.
  public sealed interface Condition {
    String field();
  }

  /// The field has this value.
  public record Equal(String field, Object value) implements Condition {}

  /// The field has one of these values.
  public record OneOf(String field, List<?> values) implements Condition {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /// The field lies in a range, the lower end included, the upper not; null leaves an end open.
  public record Range(String field, @Nullable Object from, @Nullable Object below)
      implements Condition {}

  /// A position in an order: the sort value and id of the last document of the page before.
  public record Cursor(@Nullable Object value, String id) {}
}
