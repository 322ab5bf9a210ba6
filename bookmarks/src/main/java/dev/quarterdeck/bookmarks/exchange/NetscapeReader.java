package dev.quarterdeck.bookmarks.exchange;

import dev.quarterdeck.bookmarks.exchange.ImportProblem.Code;
import dev.quarterdeck.bookmarks.exchange.MarkupReader.Token;
import java.io.IOException;
import java.io.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads Netscape bookmark files in one pass. They are not XML: tags stay open, names come in any
/// case, lists without their `<p>`. What the dialects add: Pinboard's and Shaarli's PRIVATE, TOREAD
/// and TAGS, linkding's notes and archived tag, Safari's reading list, Pocket's older export.
/// Belongs to one thread.
final class NetscapeReader {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "HREF",
          "FEEDURL",
          "ADD_DATE",
          "TIME_ADDED",
          "LAST_MODIFIED",
          "TAGS",
          "PRIVATE",
          "TOREAD",
          "ID",
          "PERSONAL_TOOLBAR_FOLDER",
          "UNFILED_BOOKMARKS_FOLDER");

  static final String NOTES = "[linkding-notes]";
  static final String NOTES_END = "[/linkding-notes]";
  private static final int DEPTH_MAX = 100;

  private final Entries entries;
  private final MarkupReader markup;
  private final Deque<Folder> open = new LinkedList<>();
  private long depthBeyond;
  private Collecting collecting = Collecting.NOTHING;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Draft entry;
  private @Nullable Folder pending;
  private boolean entriesAreItems;
  private boolean item;
  private boolean blanksSeparateTags;
  private boolean pocketUnread;
  private boolean pocketRead;
  private boolean notALink;

  NetscapeReader(Reader in, Entries entries) {
    this.entries = entries;
    this.markup = new MarkupReader(in, ATTRIBUTES);
  }

  /// What the present text belongs to.
  private enum Collecting {
    NOTHING,
    TITLE,
    FOLDER,
    DESCRIPTION,
    HEADING
  }

  /// @param name empty for a folder that is none of the user's: the bar, the unfiled ones
  private record Folder(String name, boolean readingList) {}

  void read() throws IOException {
    for (Optional<Token> next = markup.next(); next.isPresent(); next = markup.next()) {
      switch (next.get()) {
        case Token.Text piece -> collect(piece);
        case Token.Tag tag -> tag(tag);
        case Token.Comment comment -> comment(comment);
      }
    }
    finishText();
    finishEntry();
  }

  private void comment(Token.Comment comment) {
    if (comment.start().toLowerCase(Locale.ROOT).contains("shaarli")) {
      blanksSeparateTags = true;
    }
    if (!comment.closed()) {
      entries.problem(
          comment.line(),
          Code.FILE_BROKEN,
          "a comment that never ends begins here; what comes after is not read");
    }
  }

  private void collect(Token.Text piece) {
    if (collecting != Collecting.NOTHING && text.length() <= Entries.TEXT_MAX * 2) {
      text.append(piece.raw());
    }
  }

  private void tag(Token.Tag tag) {
    switch (tag.name()) {
      case "DT", "LI" -> {
        finishText();
        item = !tag.closing();
      }
      case "A" -> link(tag);
      case "DD" -> {
        finishText();
        begin(tag.closing() || entry == null ? Collecting.NOTHING : Collecting.DESCRIPTION);
      }
      case "H3", "H2", "H4" -> folder(tag);
      case "DL", "UL" -> list(tag);
      case "H1", "TITLE" -> {
        finishText();
        finishEntry();
        begin(tag.closing() ? Collecting.NOTHING : Collecting.HEADING);
      }
      case "HR" -> {
        finishText();
        finishEntry();
      }
      case "BR" -> {
        if (collecting == Collecting.DESCRIPTION) {
          text.append('\n');
        }
      }
      default -> {}
    }
  }

  private void link(Token.Tag tag) {
    boolean inside = collecting == Collecting.DESCRIPTION && entriesAreItems && !item;
    if (inside || (tag.closing() && collecting == Collecting.DESCRIPTION)) {
      return;
    }
    finishText();
    if (tag.closing()) {
      return;
    }
    finishEntry();
    entriesAreItems |= item;
    item = false;
    Map<String, String> attributes = tag.attributes();
    Draft draft = new Draft(tag.line());
    draft.url = attributes.getOrDefault("HREF", attributes.getOrDefault("FEEDURL", ""));
    draft.tags = tagNames(attributes.getOrDefault("TAGS", ""));
    draft.unread = yes(attributes.get("TOREAD")) || pocketUnread || readingList();
    draft.archived = pocketRead;
    String secret = attributes.get("PRIVATE");
    draft.shared = secret == null ? Optional.empty() : Optional.of(!yes(secret));
    draft.added =
        date(tag, attributes.getOrDefault("ADD_DATE", attributes.getOrDefault("TIME_ADDED", "")));
    draft.modified = date(tag, attributes.getOrDefault("LAST_MODIFIED", ""));
    draft.folders = path();
    entry = draft;
    begin(Collecting.TITLE);
  }

  private Optional<Instant> date(Token.Tag tag, String raw) {
    Optional<Instant> date = FileDates.read(raw);
    if (date.isEmpty() && FileDates.present(raw)) {
      entries.invalidDate(tag.line(), raw);
    }
    return date;
  }

  private List<String> tagNames(String raw) {
    return FileText.split(raw, blanksSeparateTags ? "[,\\s]+" : ",");
  }

  private static boolean yes(@Nullable String flag) {
    return flag != null
        && Set.of("1", "true", "yes", "").contains(flag.strip().toLowerCase(Locale.ROOT));
  }

  private void folder(Token.Tag tag) {
    finishText();
    if (tag.closing()) {
      return;
    }
    finishEntry();
    Map<String, String> attributes = tag.attributes();
    boolean readingList = attributes.getOrDefault("ID", "").equals("com.apple.ReadingList");
    notALink =
        readingList
            || yes(attributes.get("PERSONAL_TOOLBAR_FOLDER"))
            || yes(attributes.get("UNFILED_BOOKMARKS_FOLDER"));
    pending = new Folder("", readingList);
    begin(Collecting.FOLDER);
  }

  private void list(Token.Tag tag) {
    finishText();
    finishEntry();
    if (tag.closing()) {
      if (depthBeyond > 0) {
        depthBeyond--;
      } else if (!open.isEmpty()) {
        open.removeLast();
      }
      pending = null;
    } else if (open.size() < DEPTH_MAX) {
      open.addLast(pending == null ? new Folder("", false) : pending);
      pending = null;
    } else {
      if (depthBeyond == 0) {
        entries.problem(
            tag.line(),
            Code.FOLDERS_CUT,
            "folders: more than %d deep; deeper ones count as the last".formatted(DEPTH_MAX));
      }
      depthBeyond++;
      pending = null;
    }
  }

  private boolean readingList() {
    return open.stream().anyMatch(Folder::readingList);
  }

  private List<String> path() {
    List<String> names = new ArrayList<>();
    for (Folder folder : open) {
      if (!folder.name().isEmpty()) {
        names.add(folder.name());
      }
    }
    return names.isEmpty() ? Collections.emptyList() : names;
  }

  private void begin(Collecting what) {
    text.setLength(0);
    collecting = what;
  }

  /// Gives the text to what it belongs to.
  private void finishText() {
    String decoded = MarkupReader.decoded(text.toString(), false);
    Draft present = entry;
    switch (collecting) {
      case NOTHING -> {}
      case TITLE -> {
        if (present != null) {
          present.title = decoded;
        }
      }
      case DESCRIPTION -> {
        if (present != null) {
          describe(present, decoded);
        }
      }
      case FOLDER -> {
        Folder before = pending;
        pending =
            new Folder(
                notALink ? "" : FileText.line(decoded), before != null && before.readingList());
      }
      case HEADING -> heading(decoded.strip());
    }
    begin(Collecting.NOTHING);
  }

  private static void describe(Draft draft, String decoded) {
    int from = decoded.indexOf(NOTES);
    int to = decoded.lastIndexOf(NOTES_END);
    if (from >= 0 && to > from) {
      draft.notes = decoded.substring(from + NOTES.length(), to);
      draft.description = decoded.substring(0, from) + decoded.substring(to + NOTES_END.length());
    } else {
      draft.description = decoded;
    }
  }

  private void heading(String name) {
    if (name.startsWith("Pinboard")) {
      blanksSeparateTags = true;
    }
    pocketUnread = name.equals("Unread");
    pocketRead = name.equals("Read Archive");
  }

  private void finishEntry() {
    Draft present = entry;
    entry = null;
    if (present != null) {
      entries.add(present);
    }
  }
}
