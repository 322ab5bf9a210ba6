package dev.quarterdeck.bookmarks;

import dev.quarterdeck.runtime.Problem;
import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.DuplicateValue;
import dev.quarterdeck.store.VersionConflict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes, changes and deletes bookmarks. Each change is durable with its event when the method
/// returns. What belongs to somebody else does not exist: every method is told the owner. Safe for
/// all threads.
public final class Bookmarks {
  private static final int ATTEMPTS = 100;
  private static final int RANDOM_BITS = 17;

  private final BookmarkStore store;
  private final Numbers numbers;
  private final InstantSource clock;

  Bookmarks(BookmarkStore store, Numbers numbers, InstantSource clock) {
    this.store = store;
    this.numbers = numbers;
    this.clock = clock;
  }

  /// Makes a bookmark.
  ///
  /// @throws ProblemException 400 when a field breaks a rule, 409 when the owner has the URL
  ///   already, by [UrlKeys#same], outside the trash
  public Bookmark create(String owner, BookmarkDraft draft) {
    return create(owner, draft, Urgency.INTERACTIVE);
  }

  private Bookmark create(String owner, BookmarkDraft draft, Urgency urgency) {
    Optional<Bookmark> repeated = made(owner, draft);
    if (repeated.isPresent()) {
      return repeated.get();
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int number = numbers.next();
      Bookmark made = draft.made(id(number), number, owner, clock.instant());
      BookmarkRules.check(made);
      try {
        return store.create(made, urgency);
      } catch (VersionConflict anotherHasTheId) {
        Thread.onSpinWait();
      } catch (DuplicateValue taken) {
        return made(owner, draft).orElseThrow(BookmarkProblems::urlTaken);
      }
    }
    throw BookmarkProblems.contended();
  }

  /// What the same request made before.
  private Optional<Bookmark> made(String owner, BookmarkDraft draft) {
    if (draft.request().isEmpty()) {
      return Optional.empty();
    }
    Bookmark.RequestKey request = draft.request().get();
    Optional<Bookmark> made = store.findBy("request_key", BookmarkKinds.requestKey(owner, request));
    if (made.flatMap(Bookmark::request).filter(first -> !first.equals(request)).isPresent()) {
      throw BookmarkProblems.otherRequest();
    }
    return made;
  }

  /// Ids ascend, so that indexes grow at one end.
  private static String id(int number) {
    long random = ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
    return HexFormat.of().toHexDigits((long) number << RANDOM_BITS | random, 12);
  }

  /// The bookmark with this id.
  ///
  /// @throws ProblemException 404 when the owner has none
  public Bookmark get(String owner, String id) {
    return find(owner, id).orElseThrow(BookmarkProblems::noBookmark);
  }

  /// The bookmark with this id, when the owner has one.
  public Optional<Bookmark> find(String owner, String id) {
    return store.find(id).filter(bookmark -> bookmark.owner().equals(owner));
  }

  /// The stored bookmark of whatever owner, past the cache: for those who follow the journal, which
  /// tells of a change before the cache has heard of it.
  public Optional<Bookmark> findStored(String id) {
    return store.findStored(id);
  }

  /// The same for many, in no particular order; what is gone is left out.
  ///
  /// @param ids at most 1,000
  public List<Bookmark> findAllStored(Collection<String> ids) {
    return store.findAllStored(ids);
  }

  /// The bookmark with this number, when the owner has one.
  public Optional<Bookmark> findByNumber(String owner, int number) {
    return store
        .findBy("number", BookmarkKinds.number(number))
        .filter(bookmark -> bookmark.owner().equals(owner));
  }

  /// The bookmark that a valid public link opens, whoever asks.
  public Optional<Bookmark> findByPublicToken(String token) {
    return store
        .findBy("public_token", token)
        .filter(
            bookmark ->
                bookmark.publicLink().filter(link -> link.valid(clock.instant())).isPresent());
  }

  /// The bookmark outside the trash whose URL is the same by [UrlKeys#same].
  public Optional<Bookmark> findByUrl(String owner, String url) {
    return store.findBy("url_key", BookmarkKinds.urlKey(owner, url));
  }

  /// The owner's bookmarks with these ids, in this order; what is gone is left out.
  public List<Bookmark> findAll(String owner, List<String> ids) {
    return ids.stream().flatMap(id -> find(owner, id).stream()).toList();
  }

  /// Changes a bookmark: whatever else changes it at the same time, nothing is lost, because the
  /// change is made again on what is stored then.
  ///
  /// @param expected the version that it must have; empty for any
  /// @param change may run several times, so without side effects
  /// @return the bookmark after it; the same version when nothing changed
  /// @throws ProblemException 404 when there is none, 409 with the code `version_conflict` when it
  ///   is at another version, 400 when a field breaks a rule, 409 when the URL is taken
  public Bookmark update(
      String owner, String id, OptionalLong expected, Consumer<BookmarkDraft> change) {
    return update(owner, id, expected, change, Urgency.INTERACTIVE);
  }

  private Bookmark update(
      String owner,
      String id,
      OptionalLong expected,
      Consumer<BookmarkDraft> change,
      Urgency urgency) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Bookmark stored = stored(owner, id);
      checkVersion(stored, expected);
      BookmarkDraft draft = stored.draft();
      change.accept(draft);
      Bookmark next = draft.changed(stored, clock.instant());
      if (next.equals(stored)) {
        return stored;
      }
      BookmarkRules.check(next);
      try {
        return store.change(stored, next, urgency);
      } catch (VersionConflict anotherCameFirst) {
        Thread.onSpinWait();
      } catch (DuplicateValue taken) {
        throw BookmarkProblems.urlTaken();
      }
    }
    throw BookmarkProblems.contended();
  }

  /// Moves it to the archive.
  ///
  /// @throws ProblemException 404 when there is none, 400 when it is in the trash
  public Bookmark archive(String owner, String id) {
    return update(
        owner,
        id,
        OptionalLong.empty(),
        draft -> {
          if (draft.status() == Status.TRASHED) {
            throw BookmarkProblems.trashed();
          }
          draft.status(Status.ARCHIVED);
        });
  }

  /// Moves it back to the lists, from the archive or from the trash.
  ///
  /// @throws ProblemException 404 when there is none, 409 when another has its URL meanwhile
  public Bookmark restore(String owner, String id) {
    return update(owner, id, OptionalLong.empty(), draft -> draft.status(Status.ACTIVE));
  }

  /// Moves it to the trash; it may be there already.
  ///
  /// @param expected the version that it must have; empty for any
  public Bookmark trash(String owner, String id, OptionalLong expected) {
    return update(owner, id, expected, draft -> draft.status(Status.TRASHED));
  }

  /// Moves it out of the trash, to where it was.
  ///
  /// @throws ProblemException 404 when there is none, 400 when it is not in the trash, 409 when
  ///   another has its URL meanwhile
  public Bookmark untrash(String owner, String id) {
    return update(
        owner,
        id,
        OptionalLong.empty(),
        draft -> {
          if (draft.status() != Status.TRASHED) {
            throw BookmarkProblems.notTrashed();
          }
          draft.untrash();
        });
  }

  /// Deletes it for ever, wherever it is.
  ///
  /// @param expected the version that it must have; empty for any
  public void deleteForEver(String owner, String id, OptionalLong expected) {
    deleteForEver(owner, id, expected, Urgency.INTERACTIVE);
  }

  private void deleteForEver(String owner, String id, OptionalLong expected, Urgency urgency) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Bookmark stored = stored(owner, id);
      checkVersion(stored, expected);
      try {
        store.delete(stored, urgency);
        return;
      } catch (VersionConflict anotherCameFirst) {
        Thread.onSpinWait();
      }
    }
    throw BookmarkProblems.contended();
  }

  /// Deletes those for ever that are still in the trash, and answers how many.
  long deleteTrashed(String owner, List<Bookmark> trashed) {
    return Bulk.each(
            trashed,
            bookmark -> {
              deleteForEver(
                  owner, bookmark.id(), OptionalLong.of(bookmark.version()), Urgency.BULK);
              return bookmark;
            })
        .stream()
        .filter(Written.Done.class::isInstance)
        .count();
  }

  /// Makes many bookmarks, each for itself, the way an import wants it: durable all together, and
  /// after what people wait for. The outcomes stand in the order of the drafts.
  ///
  /// @param drafts at most 1,000
  public List<Written> createAll(String owner, List<BookmarkDraft> drafts) {
    return Bulk.slices(drafts, slice -> createSlice(owner, slice));
  }

  /// One commit for all of them; what cannot be made like that is made by itself.
  private List<Written> createSlice(String owner, List<BookmarkDraft> drafts) {
    Instant now = clock.instant();
    @Nullable Written[] written = new @Nullable Written[drafts.size()];
    List<Bookmark> made = new ArrayList<>(drafts.size());
    List<Integer> places = new ArrayList<>(drafts.size());
    for (int i = 0; i < written.length; i++) {
      BookmarkDraft draft = drafts.get(i);
      int number = numbers.next();
      Bookmark bookmark = draft.made(id(number), number, owner, now);
      try {
        BookmarkRules.check(bookmark);
        if (draft.request().isEmpty()) {
          made.add(bookmark);
          places.add(i);
        }
      } catch (ProblemException refused) {
        written[i] = new Written.Refused(refused.problem());
      }
    }
    List<Documents.Outcome> outcomes = store.createAll(made, Urgency.BULK);
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Documents.Outcome.Committed(long version) ->
            written[places.get(i)] = new Written.Done(made.get(i).withVersion(version));
        case Documents.Outcome.Duplicating taken ->
            written[places.get(i)] = new Written.Refused(BookmarkProblems.urlTaken().problem());
        case Documents.Outcome.Conflicting anotherHasTheId -> {}
      }
    }
    List<Written> all = new ArrayList<>(written.length);
    for (int i = 0; i < written.length; i++) {
      Written known = written[i];
      all.add(
          known != null
              ? known
              : Bulk.one(drafts.get(i), draft -> create(owner, draft, Urgency.BULK)));
    }
    return all;
  }

  /// Changes many bookmarks, each for itself. The outcomes stand in the order of the ids.
  ///
  /// @param ids at most 1,000
  /// @param change may run several times, so without side effects
  public List<Written> updateAll(String owner, List<String> ids, Consumer<BookmarkDraft> change) {
    return Bulk.each(ids, id -> update(owner, id, OptionalLong.empty(), change, Urgency.BULK));
  }

  /// Replaces and takes off tags that were removed. Nobody's bookmark counts as modified by it.
  void retag(String owner, List<String> ids, TagBook book) {
    var unused =
        Bulk.each(
            ids,
            id ->
                update(
                    owner,
                    id,
                    OptionalLong.empty(),
                    draft ->
                        draft
                            .tags(book.resolve(draft.tags()).stream().map(Tag::id).toList())
                            .keepModifiedAt(),
                    Urgency.BULK));
  }

  private Bookmark stored(String owner, String id) {
    return store
        .findStored(id)
        .filter(bookmark -> bookmark.owner().equals(owner))
        .orElseThrow(BookmarkProblems::noBookmark);
  }

  private static void checkVersion(Bookmark stored, OptionalLong expected) {
    if (expected.isPresent() && expected.getAsLong() != stored.version()) {
      throw BookmarkProblems.changed(expected.getAsLong(), stored.version());
    }
  }

  /// What became of one of many.
  public sealed interface Written {
    /// It is durable.
    record Done(Bookmark bookmark) implements Written {}

    /// It was refused.
    record Refused(Problem problem) implements Written {}
  }
}
