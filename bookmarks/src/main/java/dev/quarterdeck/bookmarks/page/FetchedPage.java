package dev.quarterdeck.bookmarks.page;

import java.net.URI;
import java.util.Optional;

/// What a page says of itself. All of it was written by strangers: it is text to be escaped and
/// addresses to be checked again before they are fetched.
///
/// @param address where it was found, after all redirects
/// @param icon address of its icon
/// @param preview address of the picture that it offers for previews
public record FetchedPage(
    URI address,
    Optional<String> title,
    Optional<String> description,
    Optional<URI> icon,
    Optional<URI> preview) {}
