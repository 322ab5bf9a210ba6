package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.exchange.SavedSearches.SavedSearch;

/// A saved search as our own files hold it.
public record ImportedSearch(Place place, SavedSearch search) {}
