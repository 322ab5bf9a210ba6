package dev.quarterdeck.bookmarks;

import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.VersionConflict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/// Makes, changes and removes collections. Each change is durable with its event when the method
/// returns. What belongs to somebody else does not exist. Safe for all threads.
public final class BookmarkCollections {
  private static final int ATTEMPTS = 100;
  private static final int LIMIT = 1_000;

  private final Records<BookmarkCollection> records;
  private final BookmarkEvents events;
  private final BookmarkSearch search;
  private final InstantSource clock;

  /// @param search checks the rules of smart collections
  BookmarkCollections(
      Documents documents, BookmarkEvents events, BookmarkSearch search, InstantSource clock) {
    this.events = events;
    this.search = search;
    this.clock = clock;
    this.records =
        new Records<>(
            documents,
            new Records.Shape<>(
                BookmarkKinds.COLLECTION,
                BookmarkCollection.class,
                BookmarkCollection::id,
                BookmarkCollection::version,
                BookmarkKinds::indexed,
                BookmarkCollection::withVersion));
  }

  /// All collections of an owner: pinned ones first, then in their order.
  public List<BookmarkCollection> of(String owner) {
    return records.all(List.of(BookmarkKinds.begins("place_key", owner + "|")), "place_key");
  }

  /// The collection with this id.
  ///
  /// @throws ProblemException 404 when the owner has none
  public BookmarkCollection get(String owner, String id) {
    return records
        .find(id)
        .filter(collection -> collection.owner().equals(owner))
        .orElseThrow(BookmarkProblems::noCollection);
  }

  /// Makes a collection, behind all others.
  ///
  /// @param filterRule query of a smart one; empty for a manual one
  /// @throws ProblemException 400 when a field breaks a rule or there are too many
  public BookmarkCollection create(
      String owner, String name, BookmarkCollection.Type type, String filterRule) {
    checkRule(type, filterRule);
    if (records.count(List.of(BookmarkKinds.begins("place_key", owner + "|"))) >= LIMIT) {
      throw BookmarkProblems.invalid(
          "collections", "There are %d collections already, the greatest number".formatted(LIMIT));
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Instant now = clock.instant();
      String id =
          String.format(Locale.ROOT, "%010x", ThreadLocalRandom.current().nextLong(1L << 40));
      BookmarkCollection made =
          new BookmarkCollection(
              id,
              owner,
              0,
              name.strip(),
              type,
              List.of(),
              filterRule.strip(),
              false,
              now.toEpochMilli(),
              now,
              now);
      BookmarkRules.check(made);
      try {
        return put(made, "collection_created");
      } catch (VersionConflict anotherHasTheId) {
        Thread.onSpinWait();
      }
    }
    throw BookmarkProblems.contended();
  }

  private void checkRule(BookmarkCollection.Type type, String rule) {
    switch (type) {
      case MANUAL -> {
        if (!rule.isBlank()) {
          throw BookmarkProblems.invalid(
              "filter_rule", "filter_rule: only a smart collection has one");
        }
      }
      case SMART -> {
        if (rule.isBlank()) {
          throw BookmarkProblems.invalid(
              "filter_rule", "filter_rule is required for a smart collection (expected: a query)");
        }
        search.check(rule);
      }
    }
  }

  /// Changes name, rule, pin and place; an empty field stays.
  ///
  /// @param expected the version that it must have; empty for any
  /// @throws ProblemException 404 when there is none, 409 when it is at another version, 400 when a
  ///   field breaks a rule
  public BookmarkCollection update(String owner, String id, OptionalLong expected, Edit edit) {
    return change(
        owner,
        id,
        expected,
        "collection_updated",
        stored -> {
          edit.filterRule().ifPresent(rule -> checkRule(stored.type(), rule));
          return stored.with(
              edit.name().map(String::strip).orElse(stored.name()),
              edit.filterRule().map(String::strip).orElse(stored.filterRule()),
              edit.pinned().orElse(stored.pinned()),
              edit.position().orElse(stored.position()),
              clock.instant());
        });
  }

  /// Puts a bookmark at the end of a manual collection. The caller has checked that it exists.
  ///
  /// @throws ProblemException 404 when there is no such collection, 400 when the bookmark is in it
  ///   already or the collection is smart
  public BookmarkCollection add(String owner, String id, String bookmarkId) {
    return change(
        owner,
        id,
        OptionalLong.empty(),
        "collection_updated",
        stored -> {
          checkManual(stored);
          if (stored.bookmarkIds().contains(bookmarkId)) {
            throw BookmarkProblems.invalid("bookmark_id", "Bookmark already in collection");
          }
          List<String> members = new ArrayList<>(stored.bookmarkIds());
          members.add(bookmarkId);
          return stored.with(members, clock.instant());
        });
  }

  /// Puts bookmarks at the end of a manual collection; those that are in it stay where they are.
  /// The caller has checked that they exist.
  ///
  /// @throws ProblemException 404 when there is no such collection, 400 when it is smart or would
  ///   hold too many
  public BookmarkCollection addAll(String owner, String id, List<String> bookmarkIds) {
    BookmarkCollection present = get(owner, id);
    if (new HashSet<>(present.bookmarkIds()).containsAll(bookmarkIds)) {
      return present;
    }
    return change(
        owner,
        id,
        OptionalLong.empty(),
        "collection_updated",
        stored -> {
          checkManual(stored);
          Set<String> members = new LinkedHashSet<>(stored.bookmarkIds());
          members.addAll(bookmarkIds);
          return stored.with(List.copyOf(members), clock.instant());
        });
  }

  /// Takes a bookmark out of a manual collection.
  ///
  /// @throws ProblemException 404 when there is no such collection or it is not in it, 400 when the
  ///   collection is smart
  public BookmarkCollection remove(String owner, String id, String bookmarkId) {
    return change(
        owner,
        id,
        OptionalLong.empty(),
        "collection_updated",
        stored -> {
          checkManual(stored);
          if (!stored.bookmarkIds().contains(bookmarkId)) {
            throw BookmarkProblems.notInCollection();
          }
          return stored.with(
              stored.bookmarkIds().stream().filter(one -> !one.equals(bookmarkId)).toList(),
              clock.instant());
        });
  }

  /// Puts the members of a manual collection in another order.
  ///
  /// @param order every visible member once; members that are not visible (in the trash) may be
  ///   left out and come last
  /// @param visible the members that the caller sees
  /// @throws ProblemException 400 when the order is not one of these members
  public BookmarkCollection reorder(
      String owner, String id, List<String> order, List<String> visible) {
    return change(
        owner,
        id,
        OptionalLong.empty(),
        "collection_updated",
        stored -> {
          checkManual(stored);
          if (new HashSet<>(order).size() != order.size()
              || !stored.bookmarkIds().containsAll(order)
              || !order.containsAll(visible)) {
            throw BookmarkProblems.invalid(
                "bookmark_ids", "bookmark_ids must hold every bookmark of the collection once");
          }
          List<String> members = new ArrayList<>(order);
          stored.bookmarkIds().stream().filter(one -> !order.contains(one)).forEach(members::add);
          return stored.with(members, clock.instant());
        });
  }

  /// Removes a collection; its bookmarks stay.
  ///
  /// @param expected the version that it must have; empty for any
  public void delete(String owner, String id, OptionalLong expected) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      BookmarkCollection stored = get(owner, id);
      checkVersion(stored, expected);
      try {
        records.delete(
            stored, List.of(events.of("collection_deleted", stored)), Urgency.INTERACTIVE);
        return;
      } catch (VersionConflict anotherCameFirst) {
        Thread.onSpinWait();
      }
    }
    throw BookmarkProblems.contended();
  }

  private static void checkManual(BookmarkCollection collection) {
    if (collection.type() == BookmarkCollection.Type.SMART) {
      throw BookmarkProblems.smart();
    }
  }

  private static void checkVersion(BookmarkCollection stored, OptionalLong expected) {
    if (expected.isPresent() && expected.getAsLong() != stored.version()) {
      throw BookmarkProblems.changed(expected.getAsLong(), stored.version());
    }
  }

  private BookmarkCollection change(
      String owner,
      String id,
      OptionalLong expected,
      String type,
      UnaryOperator<BookmarkCollection> step) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      BookmarkCollection stored = get(owner, id);
      checkVersion(stored, expected);
      BookmarkCollection next = step.apply(stored);
      BookmarkRules.check(next);
      try {
        return put(next, type);
      } catch (VersionConflict anotherCameFirst) {
        Thread.onSpinWait();
      }
    }
    throw BookmarkProblems.contended();
  }

  private BookmarkCollection put(BookmarkCollection next, String type) throws VersionConflict {
    try {
      return records.put(next, List.of(events.of(type, next)), Urgency.INTERACTIVE);
    } catch (DuplicateValue impossible) {
      throw new IllegalStateException("the place ends in the id", impossible);
    }
  }

  /// What changes of a collection; an empty field stays.
  ///
  /// @param position place among the others, 0 for the first
  public record Edit(
      Optional<String> name,
      Optional<String> filterRule,
      Optional<Boolean> pinned,
      Optional<Long> position) {}
}
