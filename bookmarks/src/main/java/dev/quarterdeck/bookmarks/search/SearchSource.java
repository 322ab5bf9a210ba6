package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Indexed.TagName;
import dev.quarterdeck.store.EventJournal.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where the index takes the truth from. Safe for all threads; failures are
/// [dev.quarterdeck.store.StoreException]s.
interface SearchSource {
  /// The bookmarks with these ids as they are now, in no particular order; those in the trash and
  /// those that are gone are left out.
  ///
  /// @param ids at most 1,000
  List<Indexed> findAll(Collection<String> ids);

  /// The bookmark that an event may have changed; empty when it concerns none.
  Optional<String> changed(Entry event);

  /// A page of all bookmarks outside the trash, in an order that stays the same; what is made
  /// meanwhile comes later.
  ///
  /// @param after where the page begins, of the page before; empty for the first
  Page page(Optional<String> after, int limit);

  /// The tags of an owner.
  List<TagName> tags(String owner);

  /// A page of bookmarks.
  ///
  /// @param next where the following page begins; empty at the end
  record Page(List<Indexed> bookmarks, Optional<String> next) {
    public Page {
      bookmarks = List.copyOf(bookmarks);
    }
  }
}
