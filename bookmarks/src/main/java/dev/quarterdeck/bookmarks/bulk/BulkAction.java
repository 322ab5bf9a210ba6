package dev.quarterdeck.bookmarks.bulk;

import dev.quarterdeck.bookmarks.BookmarkDraft;
import dev.quarterdeck.bookmarks.Status;
import dev.quarterdeck.bookmarks.Visibility;
import dev.quarterdeck.runtime.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is done with each bookmark. Doing it twice changes nothing the second time.
public enum BulkAction {
  ARCHIVE,
  UNARCHIVE,
  TRASH,
  UNTRASH,

  /// Deletes for ever, wherever the bookmark is.
  DELETE,
  MARK_READ,
  MARK_UNREAD,
  PIN,
  UNPIN,

  /// Shares with the team.
  SHARE,
  UNSHARE,
  ADD_TAGS,
  REMOVE_TAGS;

  /// The name in JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The names of all, in order.
  public static List<String> labels() {
    return Arrays.stream(values()).map(BulkAction::label).toList();
  }

  /// The action with this name.
  public static Optional<BulkAction> of(String label) {
    return Arrays.stream(values()).filter(action -> action.label().equals(label)).findFirst();
  }

  /// Whether it needs tags.
  public boolean takesTags() {
    return this == ADD_TAGS || this == REMOVE_TAGS;
  }

  /// Does it, except for a deletion.
  ///
  /// @param tags ids
  /// @throws dev.quarterdeck.runtime.ProblemException the bookmark is in the trash, and only what
  ///   takes it out is possible
  void apply(BookmarkDraft draft, List<String> tags) {
    boolean trashed = draft.status() == Status.TRASHED;
    if (trashed && this != UNTRASH && this != TRASH) {
      throw new Problem.InvalidState(
              "bookmark_trashed", "The bookmark is in the trash; take it out first")
          .raise();
    }
    var unused =
        switch (this) {
          case ARCHIVE -> draft.status(Status.ARCHIVED);
          case UNARCHIVE -> draft.status(Status.ACTIVE);
          case TRASH -> draft.status(Status.TRASHED);
          case UNTRASH -> draft.untrash();
          case DELETE -> throw new IllegalStateException("a deletion changes no bookmark");
          case MARK_READ -> draft.unread(false);
          case MARK_UNREAD -> draft.unread(true);
          case PIN -> draft.pinned(true);
          case UNPIN -> draft.pinned(false);
          case SHARE -> draft.visibility(Visibility.TEAM);
          case UNSHARE -> draft.visibility(Visibility.PRIVATE);
          case ADD_TAGS -> draft.addTags(tags);
          case REMOVE_TAGS -> draft.removeTags(tags);
        };
  }
}
