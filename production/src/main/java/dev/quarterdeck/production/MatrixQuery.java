package dev.quarterdeck.production;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Which part of the matrix is wanted. All conditions must hold.
///
/// @param at a commit, tag, branch or date (`2026-03-31`, or an instant) to see production at;
///   empty for now
/// @param types types of components, empty for all
/// @param name glob over the name, `*` and `?`, case not regarded
/// @param author part of the name or mail of the last commit's author, case not regarded
/// @param story story that the last commits name: `US-0000123`
/// @param statuses rows in which at least one of the environments has one of these
/// @param environments columns, empty for all
/// @param since last commit not before
/// @param until last commit before
/// @param limit rows at most, 1 to 10,000
/// @param offset rows to skip
/// @param cursor where an earlier page ended; then the offset counts from there
public record MatrixQuery(
    Optional<String> at,
    Set<String> types,
    Optional<String> name,
    Optional<String> author,
    Optional<String> story,
    Set<CellState> statuses,
    Set<String> environments,
    Optional<Instant> since,
    Optional<Instant> until,
    int limit,
    int offset,
    Optional<String> cursor) {
  /// Rows of a page when nobody says how many.
  public static final int PAGE = 100;

  /// Rows of a page at most.
  public static final int LARGEST_PAGE = 10_000;

  public MatrixQuery {
    types = Set.copyOf(types);
    statuses = Set.copyOf(statuses);
    environments = Set.copyOf(environments);
  }

  /// The first page of everything as it is now.
  public static MatrixQuery all() {
    return new MatrixQuery(
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        PAGE,
        0,
        Optional.empty());
  }

  /// The same conditions with so many rows from the beginning.
  public MatrixQuery page(int rows) {
    return new MatrixQuery(
        at,
        types,
        name,
        author,
        story,
        statuses,
        environments,
        since,
        until,
        rows,
        0,
        Optional.empty());
  }
}
