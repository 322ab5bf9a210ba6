package dev.quarterdeck.bookmarks.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that a file holds.
record Collected(
    List<ImportedBookmark> bookmarks,
    List<ImportProblem> problems,
    List<ImportedTag> tags,
    List<ImportedCollection> collections,
    List<ImportedSearch> searches)
    implements ImportSink {

  Collected() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  static Collected of(Path file) throws IOException, UnreadableFile {
    return of(file, false);
  }

  static Collected of(Path file, boolean anyScheme) throws IOException, UnreadableFile {
    Collected all = new Collected();
    BookmarkFile.open(file, Optional.empty()).read(anyScheme, all);
    return all;
  }

  @Override
  public void bookmark(ImportedBookmark bookmark) {
    bookmarks.add(bookmark);
  }

  @Override
  public void tag(ImportedTag tag) {
    tags.add(tag);
  }

  @Override
  public void collection(ImportedCollection collection) {
    collections.add(collection);
  }

  @Override
  public void search(ImportedSearch search) {
    searches.add(search);
  }

  @Override
  public void problem(ImportProblem problem) {
    problems.add(problem);
  }

  /// All of it, a line each.
  String text() {
    StringBuilder lines = new StringBuilder();
    bookmarks.forEach(each -> lines.append(line(each)).append('\n'));
    problems.forEach(
        each -> lines.append("! %s %s: %s%n".formatted(each.place(), each.code(), each.message())));
    return lines.toString();
  }

  private static String line(ImportedBookmark each) {
    StringBuilder line = new StringBuilder(each.place() + " " + each.url());
    part(line, "title", each.title());
    part(line, "description", each.description());
    part(line, "notes", each.notes());
    part(line, "tags", String.join(" | ", each.tags()));
    part(line, "folders", String.join(" > ", each.folders()));
    flag(line, "unread", each.unread());
    flag(line, "archived", each.archived());
    flag(line, "trashed", each.trashed());
    each.shared().ifPresent(shared -> flag(line, shared ? "shared" : "private", true));
    each.added().ifPresent(time -> part(line, "added", time.toString()));
    each.modified().ifPresent(time -> part(line, "modified", time.toString()));
    return line.toString();
  }

  private static void part(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      line.append(' ').append(name).append("=[").append(value.replace("\n", "\\n")).append(']');
    }
  }

  private static void flag(StringBuilder line, String name, boolean set) {
    if (set) {
      line.append(' ').append(name);
    }
  }
}
