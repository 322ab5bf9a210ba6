package dev.quarterdeck.bookmarks;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.store.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bookmarks of one owner whose URLs are alike by [UrlKeys#alike]. Safe for all threads.
public final class Duplicates {
  private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_-]{22}\\|[0-9a-f]{12}");
  private static final int ID_LENGTH = 12;
  private static final int PAGE = 1_000;
  private static final int SCANNED_AT_MOST = 20_000;

  private final BookmarkStore store;

  Duplicates(BookmarkStore store) {
    this.store = store;
  }

  /// Groups of two or more. The report comes in pieces, because all bookmarks are looked at.
  ///
  /// @param cursor of the piece before; empty for the first one
  /// @param limit greatest number of groups
  /// @param step called now and then; it may throw to end the work
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when the cursor is none of ours
  public Report of(String owner, Optional<String> cursor, int limit, Runnable step) {
    String beginning = owner + "|";
    Scan scan = new Scan(limit);
    Optional<Query.Cursor> from = cursor.map(text -> from(beginning, text));
    do {
      step.run();
      Records.Page<Bookmark> page =
          store.page(
              List.of(BookmarkKinds.begins("alike_key", beginning)),
              "alike_key",
              false,
              PAGE,
              from);
      page.values().forEach(scan::take);
      from = page.next();
    } while (from.isPresent() && !scan.full());
    if (from.isEmpty()) {
      scan.flush();
    }
    return new Report(scan.groups, scan.scanned, scan.next(beginning, from.isEmpty()));
  }

  private static Query.Cursor from(String beginning, String text) {
    String place;
    try {
      place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException notBase64) {
      place = "";
    }
    if (!PLACE.matcher(place).matches()) {
      throw new Problem.BadRequest(
              "cursor_invalid", "cursor: not one of ours (expected: next_cursor of a page)")
          .raise();
    }
    return new Query.Cursor(beginning + place, place.substring(place.length() - ID_LENGTH));
  }

  /// Groups neighbours. It stops between groups only.
  private static final class Scan {
    private final int limit;
    private final List<List<Bookmark>> groups = new ArrayList<>();
    private List<Bookmark> group = new ArrayList<>();
    private @Nullable String key;
    private @Nullable Bookmark lastWhole;
    private int scanned;
    private boolean stopped;

    Scan(int limit) {
      this.limit = limit;
    }

    void take(Bookmark bookmark) {
      if (stopped) {
        return;
      }
      String next = BookmarkKinds.alikeKey(bookmark.owner(), bookmark.url());
      if (!next.equals(key)) {
        flush();
        if (full()) {
          stopped = true;
          return;
        }
        key = next;
      }
      scanned++;
      group.add(bookmark);
    }

    void flush() {
      if (!group.isEmpty()) {
        lastWhole = group.getLast();
      }
      if (group.size() > 1) {
        groups.add(List.copyOf(group));
      }
      group = new ArrayList<>();
    }

    boolean full() {
      return stopped || groups.size() >= limit || (scanned >= SCANNED_AT_MOST && group.isEmpty());
    }

    Optional<String> next(String beginning, boolean end) {
      Bookmark last = lastWhole;
      if (last == null || (end && !stopped)) {
        return Optional.empty();
      }
      String place =
          BookmarkKinds.alikeKey(last.owner(), last.url()).substring(beginning.length())
              + last.id();
      return Optional.of(
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(place.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /// A piece of the report.
  ///
  /// @param scanned how many bookmarks were looked at
  /// @param next cursor of the following piece; empty at the end
  public record Report(List<List<Bookmark>> groups, int scanned, Optional<String> next) {
    public Report {
      groups = List.copyOf(groups);
    }
  }
}
