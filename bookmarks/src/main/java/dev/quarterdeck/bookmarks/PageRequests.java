package dev.quarterdeck.bookmarks;

/// Where the pages of bookmarks are asked for. Nobody waits for them.
@FunctionalInterface
public interface PageRequests {
  /// Nobody reads pages.
  PageRequests NONE = bookmark -> {};

  /// The page of a bookmark is wanted; it may never come.
  void wanted(Bookmark bookmark);
}
