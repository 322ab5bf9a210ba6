package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.exchange.SavedSearches.SavedSearch;
import dev.quarterdeck.bookmarks.search.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A saved search of linkding.
///
/// @param id positive, unique among the owner's
/// @param anyTags names with blanks between; as are the other two
/// @param filterUnread `off`, `yes` or `no`; as is the other
record Bundle(
    int id,
    String name,
    String search,
    String anyTags,
    String allTags,
    String excludedTags,
    String filterUnread,
    String filterShared,
    int order,
    Instant dateCreated,
    Instant dateModified) {

  static Bundle of(int id, int order, SavedSearch saved) {
    return new Bundle(
        id,
        saved.name(),
        saved.search(),
        saved.anyTags(),
        saved.allTags(),
        saved.excludedTags(),
        saved.unread(),
        saved.shared(),
        order,
        saved.createdAt(),
        saved.modifiedAt());
  }

  SavedSearch saved() {
    return new SavedSearch(
        name,
        search,
        anyTags,
        allTags,
        excludedTags,
        filterUnread,
        filterShared,
        dateCreated,
        dateModified);
  }

  /// Whether it has the name of the other and finds the same.
  boolean finds(SavedSearch other) {
    return saved()
        .equals(
            new SavedSearch(
                other.name(),
                other.search(),
                other.anyTags(),
                other.allTags(),
                other.excludedTags(),
                other.unread(),
                other.shared(),
                dateCreated,
                dateModified));
  }

  Map<String, Object> view() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", id);
    shown.put("name", name);
    shown.put("search", search);
    shown.put("any_tags", anyTags);
    shown.put("all_tags", allTags);
    shown.put("excluded_tags", excludedTags);
    shown.put("filter_unread", filterUnread);
    shown.put("filter_shared", filterShared);
    shown.put("order", order);
    shown.put("date_created", BookmarkView.time(dateCreated));
    shown.put("date_modified", BookmarkView.time(dateModified));
    return shown;
  }

  /// What it asks for besides its search.
  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>(tags(allTags));
    List<Node> any = tags(anyTags);
    if (any.size() == 1) {
      nodes.addAll(any);
    } else if (any.size() > 1) {
      nodes.add(new Node.Or(0, any));
    }
    tags(excludedTags).forEach(tag -> nodes.add(new Node.Not(0, tag)));
    Finder.filter(filterUnread, Node.Property.UNREAD).ifPresent(nodes::add);
    Finder.filter(filterShared, Node.Property.SHARED).ifPresent(nodes::add);
    return nodes;
  }

  private static List<Node> tags(String names) {
    List<Node> nodes = new ArrayList<>();
    for (String name : names.split("\\s+", -1)) {
      if (!name.isEmpty()) {
        nodes.add(new Node.Tag(0, name));
      }
    }
    return nodes;
  }
}
