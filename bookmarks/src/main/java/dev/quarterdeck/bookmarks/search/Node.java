package dev.quarterdeck.bookmarks.search;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A query as a tree. Every node knows where it begins in the text it was written in.
///
/// The tree is flat where it can be: no [And] stands directly in an [And], no [Or] in an [Or], no
/// [Not] in a [Not], and none of them is of one part only.
public sealed interface Node {
  /// Index of the first character in the query's text.
  int at();

  /// Every bookmark: an empty query, and an unknown `!x`.
  record All(int at) implements Node {}

  /// The text stands somewhere in one of the fields, whatever its case and its diacritics. An empty
  /// text stands everywhere.
  record Text(int at, Scope scope, String text) implements Node {}

  /// The bookmark carries the tag, whatever its case, or one nested in it: `dev` for `dev/java`.
  ///
  /// @param name as written, without the `#`
  record Tag(int at, String name) implements Node {}

  /// A property of the bookmark.
  record Is(int at, Property property) implements Node {}

  /// The address is of this host or one below it: `example.org` for `wiki.example.org`.
  ///
  /// @param host in lower case
  record Site(int at, String host) implements Node {}

  /// Added at a time from the one bound (included) and below the other; null leaves an end open.
  record Added(int at, @Nullable Instant from, @Nullable Instant below) implements Node {}

  /// Modified at a time from the one bound (included) and below the other; null leaves an end open.
  /// No query can say it; callers with a filter of their own join it to one.
  record Modified(int at, @Nullable Instant from, @Nullable Instant below) implements Node {}

  /// All of at least two parts.
  record And(int at, List<Node> parts) implements Node {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /// One of at least two parts.
  record Or(int at, List<Node> parts) implements Node {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /// Not the part.
  record Not(int at, Node part) implements Node {}

  /// Which fields a text is looked for in.
  enum Scope {
    /// Title, description, notes and address; a word also names a tag where the caller wants that.
    ANYWHERE,
    TITLE,
    URL
  }

  /// What `is:` asks for.
  enum Property {
    UNREAD,
    READ,
    ARCHIVED,
    ACTIVE,
    SHARED,
    PINNED,
    TAGGED,
    UNTAGGED
  }
}
