package dev.quarterdeck.bookmarks.search;

/// Which language a query is written in.
public enum Dialect {
  /// linkding's, and nothing more: words, phrases, `#tag`, `and`, `or`, `not`, parentheses,
  /// `!unread`, `!untagged`.
  LINKDING,

  /// linkding's with qualifiers (`is:`, `site:`, `tag:`, `url:`, `title:`, `after:`, `before:`),
  /// `#"a tag"` and `-` for `not`.
  QUARTERDECK
}
