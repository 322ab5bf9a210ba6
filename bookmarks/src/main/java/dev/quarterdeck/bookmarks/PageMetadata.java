package dev.quarterdeck.bookmarks;

import java.time.Instant;
import java.util.Optional;

/// What was read from the page behind a bookmark. Nothing of it comes from the user.
///
/// @param favicon URL of the icon
/// @param previewImage URL of the picture that the page offers for previews
/// @param fetchedAt when the page was last asked for; empty for never
/// @param failure why the last fetch or link check failed; empty when it did not
public record PageMetadata(
    Optional<String> title,
    Optional<String> description,
    Optional<String> favicon,
    Optional<String> previewImage,
    Optional<Instant> fetchedAt,
    Optional<String> failure) {
  /// Nothing is known of the page.
  public static final PageMetadata NONE =
      new PageMetadata(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
