package dev.quarterdeck.production;

import dev.quarterdeck.production.Matrix.Cell;
import dev.quarterdeck.production.Matrix.Facets;
import dev.quarterdeck.production.Matrix.Row;
import dev.quarterdeck.production.components.ComponentId;
import dev.quarterdeck.runtime.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Filters, counts and pages the rows of one snapshot.
final class MatrixSearch {
  private static final int AUTHORS = 100;

  private final Snapshot snapshot;
  private final MatrixQuery query;
  private final List<String> columns;
  private final int[] shown;

  private MatrixSearch(Snapshot snapshot, MatrixQuery query) {
    this.snapshot = snapshot;
    this.query = query;
    List<String> all = snapshot.environments().stream().map(EnvironmentState::name).toList();
    for (String wanted : query.environments()) {
      if (!all.contains(wanted)) {
        throw new Problem.BadRequest(
                "environment_unknown",
                "environment: %s (expected one of: %s)"
                    .formatted(
                        Sides.shown(wanted), all.isEmpty() ? "none" : String.join(", ", all)))
            .raise();
      }
    }
    this.columns =
        query.environments().isEmpty()
            ? all
            : all.stream().filter(query.environments()::contains).toList();
    this.shown = columns.stream().mapToInt(all::indexOf).toArray();
  }

  /// @throws dev.quarterdeck.runtime.ProblemException for a query that cannot be answered
  static Matrix search(Snapshot snapshot, MatrixQuery query) {
    check(query);
    return new MatrixSearch(snapshot, query).search();
  }

  private static void check(MatrixQuery query) {
    if (query.limit() < 1 || query.limit() > MatrixQuery.LARGEST_PAGE) {
      throw new Problem.BadRequest(
              "limit_invalid",
              "limit: %d (expected: 1 to %d)".formatted(query.limit(), MatrixQuery.LARGEST_PAGE))
          .raise();
    }
    if (query.offset() < 0) {
      throw new Problem.BadRequest(
              "offset_invalid", "offset: %d (expected: 0 or more)".formatted(query.offset()))
          .raise();
    }
  }

  private Matrix search() {
    Predicate<Row> wanted = conditions();
    Optional<ComponentId> after = query.cursor().map(MatrixSearch::position);
    List<Row> page = new ArrayList<>();
    Counts counts = new Counts();
    int total = 0;
    int skip = query.offset();
    boolean more = false;
    for (Row row : snapshot.rows().rows()) {
      if (!wanted.test(row)) {
        continue;
      }
      total++;
      counts.add(row);
      if (after.isPresent() && row.component().compareTo(after.get()) <= 0) {
        continue;
      }
      if (skip > 0) {
        skip--;
      } else if (page.size() < query.limit()) {
        page.add(row);
      } else {
        more = true;
      }
    }
    boolean whole = shown.length == snapshot.environments().size();
    return new Matrix(
        snapshot.info(),
        columns,
        whole ? page : page.stream().map(this::narrowed).toList(),
        total,
        more ? Optional.of(cursor(page.getLast().component())) : Optional.empty(),
        counts.facets(),
        snapshot.rows().unknown());
  }

  private Row narrowed(Row row) {
    List<Cell> cells = new ArrayList<>(shown.length);
    for (int column : shown) {
      cells.add(row.cells().get(column));
    }
    return new Row(
        row.component(),
        row.inProduction(),
        row.path(),
        row.files(),
        row.last(),
        row.pending(),
        row.stories(),
        cells);
  }

  private Predicate<Row> conditions() {
    List<Predicate<Row>> all = new ArrayList<>();
    if (!query.types().isEmpty()) {
      all.add(row -> query.types().contains(row.component().type()));
    }
    query
        .name()
        .map(Glob::of)
        .ifPresent(glob -> all.add(row -> glob.matches(row.component().name())));
    query
        .author()
        .map(text -> text.toLowerCase(Locale.ROOT))
        .ifPresent(author -> all.add(row -> row.last().filter(by(author)).isPresent()));
    query
        .story()
        .map(CommitMessages::story)
        .ifPresent(story -> all.add(row -> row.stories().contains(story)));
    query.since().ifPresent(since -> all.add(row -> dated(row, date -> !date.isBefore(since))));
    query.until().ifPresent(until -> all.add(row -> dated(row, date -> date.isBefore(until))));
    if (!query.statuses().isEmpty()) {
      all.add(this::hasStatus);
    }
    return row -> all.stream().allMatch(condition -> condition.test(row));
  }

  private static Predicate<LastCommit> by(String author) {
    return commit ->
        commit.author().toLowerCase(Locale.ROOT).contains(author)
            || commit.mail().toLowerCase(Locale.ROOT).contains(author);
  }

  private static boolean dated(Row row, Predicate<Instant> condition) {
    return row.last().map(LastCommit::date).filter(condition).isPresent();
  }

  private boolean hasStatus(Row row) {
    for (int column : shown) {
      if (query.statuses().contains(row.cells().get(column).state())) {
        return true;
      }
    }
    return false;
  }

  private static String cursor(ComponentId id) {
    byte[] bytes = (id.type() + "\n" + id.name()).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ComponentId position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int line = text.indexOf('\n');
      if (line > 0) {
        return new ComponentId(text.substring(0, line), text.substring(line + 1));
      }
    } catch (IllegalArgumentException broken) {
      throw invalidCursor(cursor);
    }
    throw invalidCursor(cursor);
  }

  private static RuntimeException invalidCursor(String cursor) {
    return new Problem.BadRequest(
            "cursor_invalid",
            "cursor: %s (expected: the cursor of an earlier page)".formatted(Sides.shown(cursor)))
        .raise();
  }

  /// Counts over all rows that match.
  private final class Counts {
    private final Map<String, int[]> types = new HashMap<>();
    private final Map<String, int[]> authors = new HashMap<>();
    private final int[][] states = new int[shown.length][CellState.values().length];

    private void add(Row row) {
      types.computeIfAbsent(row.component().type(), ignored -> new int[1])[0]++;
      if (row.last().isPresent()) {
        authors.computeIfAbsent(row.last().get().author(), ignored -> new int[1])[0]++;
      }
      for (int i = 0; i < shown.length; i++) {
        states[i][row.cells().get(shown[i]).state().ordinal()]++;
      }
    }

    private Facets facets() {
      Map<String, Map<CellState, Integer>> byColumn = new LinkedHashMap<>();
      for (int i = 0; i < shown.length; i++) {
        Map<CellState, Integer> counted = new EnumMap<>(CellState.class);
        for (CellState state : CellState.values()) {
          counted.put(state, states[i][state.ordinal()]);
        }
        byColumn.put(columns.get(i), counted);
      }
      return new Facets(sorted(types, Integer.MAX_VALUE), byColumn, sorted(authors, AUTHORS));
    }

    private static Map<String, Integer> sorted(Map<String, int[]> counts, int most) {
      Map<String, Integer> result = new LinkedHashMap<>();
      counts.entrySet().stream()
          .sorted(
              Comparator.comparingInt((Map.Entry<String, int[]> entry) -> -entry.getValue()[0])
                  .thenComparing(Map.Entry::getKey))
          .limit(most)
          .forEach(entry -> result.put(entry.getKey(), entry.getValue()[0]));
      return result;
    }
  }
}
