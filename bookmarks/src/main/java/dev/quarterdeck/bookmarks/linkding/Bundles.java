package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.exchange.SavedSearches;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// The bundles of all users. Safe for all threads.
public final class Bundles implements SavedSearches {
  /// What the store must be opened with.
  public static final Kind KIND = new Kind("bookmarks", "linkding_bundles", List.of());

  private static final int MOST = 200;

  private final OwnedLists<Stored> lists;

  /// @param documents opened with [#KIND]
  public Bundles(Documents documents) {
    this.lists = new OwnedLists<>(documents, KIND, Stored.class, new Stored(1, List.of()));
  }

  /// @param next the id that the next one gets
  record Stored(int next, List<Bundle> bundles) {
    Stored {
      bundles = List.copyOf(bundles);
    }
  }

  @Override
  public List<SavedSearch> of(String owner) {
    return all(owner).stream().map(Bundle::saved).toList();
  }

  @Override
  public boolean add(String owner, SavedSearch search) {
    boolean[] added = new boolean[1];
    lists.change(
        owner,
        before -> {
          added[0] = before.bundles().stream().noneMatch(bundle -> bundle.finds(search));
          return added[0] ? with(before, (id, place) -> Bundle.of(id, place, search)) : before;
        });
    return added[0];
  }

  /// In their order.
  List<Bundle> all(String owner) {
    return lists.of(owner).bundles().stream()
        .sorted(Comparator.comparingInt(Bundle::order).thenComparingInt(Bundle::id))
        .toList();
  }

  Optional<Bundle> find(String owner, int id) {
    return lists.of(owner).bundles().stream().filter(bundle -> bundle.id() == id).findFirst();
  }

  /// Adds one, behind all others.
  ///
  /// @param made from a bundle that has its id and its place
  Bundle add(String owner, BiFunction<Integer, Integer, Bundle> made) {
    return lists.change(owner, before -> with(before, made)).bundles().getLast();
  }

  private static Stored with(Stored before, BiFunction<Integer, Integer, Bundle> made) {
    if (before.bundles().size() >= MOST) {
      throw LinkdingProblems.field(
          "non_field_errors", "There are %d bundles already, the greatest number.".formatted(MOST));
    }
    List<Bundle> all = new ArrayList<>(before.bundles());
    int place = all.stream().mapToInt(Bundle::order).max().orElse(-1) + 1;
    all.add(made.apply(before.next(), place));
    return new Stored(before.next() + 1, all);
  }

  /// Changes one; empty when there is none.
  Optional<Bundle> change(String owner, int id, UnaryOperator<Bundle> change) {
    if (find(owner, id).isEmpty()) {
      return Optional.empty();
    }
    lists.change(
        owner,
        before ->
            new Stored(
                before.next(),
                before.bundles().stream()
                    .map(bundle -> bundle.id() == id ? change.apply(bundle) : bundle)
                    .toList()));
    return find(owner, id);
  }

  /// Removes one; answers whether there was one.
  boolean delete(String owner, int id) {
    if (find(owner, id).isEmpty()) {
      return false;
    }
    lists.change(
        owner,
        before ->
            new Stored(
                before.next(),
                before.bundles().stream().filter(bundle -> bundle.id() != id).toList()));
    return true;
  }
}
