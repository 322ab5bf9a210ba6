package dev.quarterdeck.bookmarks;

import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.VersionConflict;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Makes, changes and removes tags. Each change is durable with its event when the method returns.
/// What belongs to somebody else does not exist. Safe for all threads.
public final class Tags {
  private static final int ATTEMPTS = 100;
  private static final int LOCKS = 64;
  private static final int FEW = 100;

  private final Records<Tag> records;
  private final Numbers numbers;
  private final BookmarkEvents events;
  private final InstantSource clock;
  private final Map<String, TagBook> books = new ConcurrentHashMap<>();
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final Consumer<String> sweep;

  /// @param sweep told the owner after a tag was removed
  Tags(
      Documents documents,
      Numbers numbers,
      BookmarkEvents events,
      InstantSource clock,
      Consumer<String> sweep) {
    this.numbers = numbers;
    this.events = events;
    this.clock = clock;
    this.sweep = sweep;
    this.records =
        new Records<>(
            documents,
            new Records.Shape<>(
                BookmarkKinds.TAG,
                Tag.class,
                Tag::id,
                Tag::version,
                BookmarkKinds::indexed,
                Tag::withVersion));
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /// All tags of an owner now.
  public TagBook of(String owner) {
    TagBook known = books.get(owner);
    return known != null ? known : locked(owner, () -> books.computeIfAbsent(owner, this::load));
  }

  private TagBook load(String owner) {
    String beginning = owner + "|";
    return new TagBook(
        records.all(List.of(BookmarkKinds.begins("name_key", beginning)), "name_key"),
        records.all(List.of(BookmarkKinds.begins("removed_key", beginning)), "removed_key"));
  }

  /// The tag with this id.
  ///
  /// @throws ProblemException 404 when the owner has none
  public Tag get(String owner, String id) {
    return of(owner).find(id).orElseThrow(BookmarkProblems::noTag);
  }

  /// Makes a tag.
  ///
  /// @throws ProblemException 400 when a field breaks a rule, 409 when the name is taken
  public Tag create(String owner, String name, TagColor color, String description) {
    return locked(owner, () -> createLocked(owner, name, color, description, Urgency.INTERACTIVE));
  }

  private Tag createLocked(
      String owner, String name, TagColor color, String description, Urgency urgency) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Tag tag = made(owner, name, color, description, numbers.next());
      BookmarkRules.check(tag);
      try {
        return put(tag, "tag_created", urgency);
      } catch (VersionConflict anotherHasTheId) {
        Thread.onSpinWait();
      } catch (DuplicateValue taken) {
        throw BookmarkProblems.tagTaken(tag.name());
      }
    }
    throw BookmarkProblems.contended();
  }

  private Tag made(String owner, String name, TagColor color, String description, int number) {
    String id = String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
    return new Tag(
        id,
        number,
        owner,
        0,
        name.strip(),
        color,
        description,
        false,
        Optional.empty(),
        clock.instant());
  }

  /// The tags with these names, made when they do not exist; each once, in the order of the names.
  ///
  /// @throws ProblemException 400 when a name breaks a rule; none is made then
  public List<Tag> ensure(String owner, List<String> asked) {
    List<String> names = asked.stream().map(String::strip).toList();
    TagBook book = of(owner);
    if (names.stream().allMatch(name -> book.named(name).isPresent())) {
      return named(book, names);
    }
    return locked(
        owner,
        () -> {
          make(owner, of(owner), names);
          return named(of(owner), names);
        });
  }

  private static List<Tag> named(TagBook book, List<String> names) {
    return names.stream().flatMap(name -> book.named(name).stream()).distinct().toList();
  }

  /// Makes those that the book lacks, all at once: an import brings hundreds, and one commit and
  /// one new book for each would take longer than its bookmarks.
  private void make(String owner, TagBook book, List<String> names) {
    Map<String, String> missing = new LinkedHashMap<>();
    for (String name : names) {
      if (book.named(name).isEmpty()) {
        missing.putIfAbsent(Tag.fold(name), name);
      }
    }
    List<String> fresh = List.copyOf(missing.values());
    fresh.forEach(name -> BookmarkRules.check(made(owner, name, TagColor.GRAY, "", 1)));
    Urgency urgency = fresh.size() > FEW ? Urgency.BULK : Urgency.INTERACTIVE;
    for (int from = 0; from < fresh.size(); from += Bulk.LIMIT) {
      var unused =
          Bulk.all(
              fresh.subList(from, Math.min(fresh.size(), from + Bulk.LIMIT)),
              name -> createLocked(owner, name, TagColor.GRAY, "", urgency));
    }
  }

  /// Changes a tag.
  ///
  /// @param expected the version that it must have; empty for any
  /// @param change from the stored tag to the next
  /// @throws ProblemException 404 when there is none, 409 when it is at another version or the name
  ///   is taken, 400 when a field breaks a rule
  public Tag update(String owner, String id, OptionalLong expected, Edit change) {
    return locked(
        owner,
        () ->
            step(
                owner,
                id,
                expected,
                "tag_updated",
                tag ->
                    tag.with(
                        change.name().map(String::strip).orElse(tag.name()),
                        change.color().orElse(tag.color()),
                        change.description().orElse(tag.description()))));
  }

  /// What two names have in common that mean the same tag.
  public static String fold(String name) {
    return Tag.fold(name);
  }

  /// Checks that the tags below a tag can move with it.
  ///
  /// @throws ProblemException 409 when a new name is taken, 400 when one breaks a rule
  public void checkNested(String owner, Tag parent, String newName) {
    TagBook book = of(owner);
    for (Tag tag : below(book, parent.name())) {
      String moved = moved(tag, parent.name(), newName);
      BookmarkRules.check(tag.with(moved, tag.color(), tag.description()));
      if (book.named(moved).filter(other -> !other.id().equals(tag.id())).isPresent()) {
        throw BookmarkProblems.tagTaken(moved);
      }
    }
  }

  /// Moves the tags below a name to another one.
  public void renameNested(String owner, String name, String newName) {
    for (Tag tag : below(of(owner), name)) {
      var unused =
          update(
              owner,
              tag.id(),
              OptionalLong.empty(),
              new Edit(Optional.of(moved(tag, name, newName)), Optional.empty(), Optional.empty()));
    }
  }

  private static List<Tag> below(TagBook book, String name) {
    String beginning = Tag.fold(name) + "/";
    return book.tags().stream().filter(tag -> Tag.fold(tag.name()).startsWith(beginning)).toList();
  }

  private static String moved(Tag tag, String name, String newName) {
    return newName.strip() + tag.name().substring(name.length());
  }

  /// Removes a tag: at once nobody sees it any more; bookmarks lose it in the background.
  public void delete(String owner, String id) {
    locked(
        owner,
        () ->
            step(
                owner, id, OptionalLong.empty(), "tag_deleted", tag -> tag.gone(Optional.empty())));
    sweep.accept(owner);
  }

  /// Removes a tag; its bookmarks have the other one at once.
  ///
  /// @throws ProblemException 404 when one of them is not there, 400 when they are the same
  public Tag merge(String owner, String id, String into) {
    if (id.equals(into)) {
      throw BookmarkProblems.invalid("into", "A tag cannot be merged into itself");
    }
    Tag target =
        locked(
            owner,
            () -> {
              Tag live = get(owner, into);
              step(
                  owner,
                  id,
                  OptionalLong.empty(),
                  "tag_merged",
                  tag -> tag.gone(Optional.of(into)));
              return live;
            });
    sweep.accept(owner);
    return target;
  }

  /// Owners that have removed tags which bookmarks may still hold.
  List<String> unswept() {
    return records.all(List.of(new Query.Range("removed_key", "", null)), "removed_key").stream()
        .map(Tag::owner)
        .distinct()
        .toList();
  }

  /// Forgets a removed tag that no bookmark holds any more.
  void forget(Tag removed) {
    locked(
        removed.owner(),
        () -> {
          try {
            records.delete(removed, List.of(), Urgency.BULK);
          } catch (VersionConflict already) {
            Thread.onSpinWait();
          }
          books.remove(removed.owner());
          return removed;
        });
  }

  private Tag step(
      String owner, String id, OptionalLong expected, String type, UnaryOperator<Tag> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Tag stored =
          records
              .find(id)
              .filter(tag -> tag.owner().equals(owner) && !tag.removed())
              .orElseThrow(BookmarkProblems::noTag);
      if (expected.isPresent() && expected.getAsLong() != stored.version()) {
        throw BookmarkProblems.changed(expected.getAsLong(), stored.version());
      }
      Tag next = change.apply(stored);
      if (next.equals(stored)) {
        return stored;
      }
      BookmarkRules.check(next);
      try {
        return put(next, type, Urgency.INTERACTIVE);
      } catch (VersionConflict anotherCameFirst) {
        Thread.onSpinWait();
      } catch (DuplicateValue taken) {
        throw BookmarkProblems.tagTaken(next.name());
      }
    }
    throw BookmarkProblems.contended();
  }

  private Tag put(Tag next, String type, Urgency urgency) throws VersionConflict, DuplicateValue {
    try {
      return records.put(next, List.of(events.of(type, next)), urgency);
    } finally {
      books.remove(next.owner());
    }
  }

  /// Reading and changing the tags of one owner exclude each other, so that no old book stays.
  private <R> R locked(String owner, Locked<R> work) {
    ReentrantLock lock = locks[Math.floorMod(owner.hashCode(), LOCKS)];
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /// Work under the lock of an owner.
  @FunctionalInterface
  private interface Locked<R> {
    R run();
  }

  /// What changes of a tag; an empty field stays.
  public record Edit(
      Optional<String> name, Optional<TagColor> color, Optional<String> description) {}
}
