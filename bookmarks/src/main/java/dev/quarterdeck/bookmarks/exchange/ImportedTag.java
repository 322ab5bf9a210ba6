package dev.quarterdeck.bookmarks.exchange;

/// A tag as our own files hold it.
///
/// @param color a name of [dev.quarterdeck.bookmarks.TagColor], or anything else
public record ImportedTag(Place place, String name, String color, String description) {}
