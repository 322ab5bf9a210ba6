package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.bookmarks.PageMetadata;

/// Reads the page behind a URL for somebody who waits. It never fails: what cannot be read is
/// empty.
@FunctionalInterface
public interface PageLookup {
  /// Nothing is ever known of a page.
  PageLookup NONE = (url, fresh) -> PageMetadata.NONE;

  /// What is known of a page.
  ///
  /// @param url as the caller wrote it, not checked
  /// @param fresh whether what was read before is not good enough
  PageMetadata of(String url, boolean fresh);
}
