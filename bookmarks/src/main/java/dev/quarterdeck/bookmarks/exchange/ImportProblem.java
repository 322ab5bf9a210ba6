package dev.quarterdeck.bookmarks.exchange;

/// Something in a file that was not taken over as it stands.
///
/// @param message what, why, and what was expected
public record ImportProblem(Place place, Code code, String message) {

  /// The kinds of problems.
  public enum Code {
    /// No URL, an unusable one, or one that is too long: the entry is skipped.
    INVALID_URL(true),
    /// The scheme is none of http and https, and the options do not allow others: skipped.
    UNSUPPORTED_SCHEME(true),
    /// The entry itself cannot be read: skipped.
    BROKEN_ENTRY(true),
    /// A text is longer than we keep: cut.
    TEXT_CUT(false),
    /// A tag is longer than a tag can be, or unusable: left out.
    TAG_DROPPED(false),
    /// Folders deeper than we keep: the entry counts as in the outermost that we keep.
    FOLDERS_CUT(false),
    /// A collection could not be made or filled: left out.
    COLLECTION_DROPPED(false),
    /// A saved search could not be added: left out.
    BUNDLE_DROPPED(false),
    /// A date that is none: left out.
    INVALID_DATE(false),
    /// Bytes that are no text in the file's encoding: replaced.
    ENCODING(false),
    /// The file ends or breaks before its end: what comes after is not read.
    FILE_BROKEN(false);

    private final boolean skips;

    Code(boolean skips) {
      this.skips = skips;
    }

    /// Whether the entry is not imported.
    public boolean skips() {
      return skips;
    }
  }
}
