package dev.quarterdeck.executions;

import dev.quarterdeck.store.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which executions of a user to list.
///
/// @param from requested at this time or later
/// @param until requested before this time or at it
public record Filter(
    String userId,
    Optional<ExecutionStatus> status,
    Optional<String> language,
    Optional<Instant> from,
    Optional<Instant> until) {
  private static final int PAGE = 500;

  Executions.Listing list(ExecutionStore store, int skip, int limit) {
    List<Query.Condition> conditions = conditions();
    List<Execution> found = new ArrayList<>();
    long wanted = (long) skip + limit;
    Optional<Query.Cursor> next = Optional.empty();
    long seen = 0;
    do {
      int size = (int) Math.min(PAGE, wanted - seen);
      ExecutionStore.Page page = store.page(conditions, true, size, next);
      found.addAll(page.from(Math.max(0, skip - seen)));
      seen += page.documents().size();
      next = page.next();
    } while (next.isPresent() && seen < wanted);
    return new Executions.Listing(found, store.count(conditions));
  }

  private List<Query.Condition> conditions() {
    List<Query.Condition> conditions = new ArrayList<>();
    conditions.add(new Query.Equal(ExecutionDocuments.USER, userId));
    status.ifPresent(
        value -> conditions.add(new Query.Equal(ExecutionDocuments.STATUS, value.text())));
    language.ifPresent(
        value -> conditions.add(new Query.Equal(ExecutionDocuments.LANGUAGE, value)));
    if (from.isPresent() || until.isPresent()) {
      conditions.add(
          new Query.Range(
              ExecutionDocuments.CREATED,
              from.map(Instant::toEpochMilli).orElse(null),
              until.map(time -> time.toEpochMilli() + 1).orElse(null)));
    }
    return conditions;
  }
}
