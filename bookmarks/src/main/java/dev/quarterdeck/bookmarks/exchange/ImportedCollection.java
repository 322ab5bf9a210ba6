package dev.quarterdeck.bookmarks.exchange;

import java.util.List;

/// A collection as our own files hold it.
///
/// @param rule query of a smart one, empty for a manual one
/// @param urls of its bookmarks in their order, empty for a smart one
public record ImportedCollection(
    Place place, String name, String rule, boolean pinned, List<String> urls) {
  public ImportedCollection {
    urls = List.copyOf(urls);
  }
}
