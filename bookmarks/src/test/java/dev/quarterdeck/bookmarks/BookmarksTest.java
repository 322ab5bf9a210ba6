package dev.quarterdeck.bookmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.bookmarks.BookmarkLists.Sort;
import dev.quarterdeck.bookmarks.Bookmarks.Written;
import dev.quarterdeck.runtime.ProblemException;
import dev.quarterdeck.store.EventJournal.Entry;
import dev.quarterdeck.testing.Awaiting;
import dev.quarterdeck.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarksTest {
  private static final String ANNA = "u-anna";
  @TempDir private Path directory;
  private OpenSlice open;

  @BeforeEach
  void open() {
    open = new OpenSlice(directory);
  }

  @AfterEach
  void close() {
    open.close();
  }

  private void reopen() {
    TestClock clock = open.clock;
    open.close();
    open = new OpenSlice(directory, clock);
  }

  @Test
  void keepsEverythingOverARestart() {
    List<Tag> tags = open.tags().ensure(ANNA, List.of("java", "web"));
    Bookmark made =
        open.bookmarks()
            .create(
                ANNA,
                BookmarkDraft.of("https://example.com/ä")
                    .title("Ä")
                    .notes("N")
                    .tags(tags.stream().map(Tag::id).toList())
                    .publicLink(Optional.of(new PublicLink("t", Optional.empty())))
                    .createdAt(Instant.parse("2020-01-01T00:00:00.123456Z")));
    reopen();
    assertThat(open.bookmarks().get(ANNA, made.id())).isEqualTo(made);
    assertThat(open.bookmarks().findByNumber(ANNA, made.number())).contains(made);
    assertThat(open.bookmarks().findByUrl(ANNA, "https://EXAMPLE.com/ä/")).contains(made);
    assertThat(open.bookmarks().findByPublicToken("t")).contains(made);
    assertThat(open.slice.lists().total(ANNA, Status.ACTIVE)).isEqualTo(1);
    assertThat(open.tags().of(ANNA).tags()).isEqualTo(tags);
  }

  @Test
  void givesOutANumberOnceEvenAfterARestart() {
    Set<Integer> numbers = new TreeSet<>();
    for (int i = 0; i < 5; i++) {
      numbers.add(make("https://example.com/" + i).number());
      numbers.add(make("https://example.org/" + i).number());
      open.bookmarks()
          .deleteForEver(
              ANNA,
              open.bookmarks().findByUrl(ANNA, "https://example.org/" + i).orElseThrow().id(),
              OptionalLong.empty());
      reopen();
    }
    assertThat(numbers).hasSize(10).allMatch(number -> number > 0);
  }

  @Test
  void makesManyAndTellsOfEach() {
    make("https://example.com/3");
    List<BookmarkDraft> drafts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      drafts.add(BookmarkDraft.of("https://example.com/" + i));
    }
    drafts.add(BookmarkDraft.of(""));
    List<Written> written = open.bookmarks().createAll(ANNA, drafts);
    assertThat(written).hasSize(501);
    assertThat(written.get(3))
        .isInstanceOfSatisfying(
            Written.Refused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("bookmark_exists"));
    assertThat(written.get(500)).isInstanceOf(Written.Refused.class);
    assertThat(written.stream().filter(Written.Done.class::isInstance)).hasSize(499);
    assertThat(open.slice.lists().total(ANNA, Status.ACTIVE)).isEqualTo(500);
    assertThatThrownBy(
            () ->
                open.bookmarks()
                    .createAll(
                        ANNA, Collections.nCopies(1_001, BookmarkDraft.of("https://example.com"))))
        .hasMessage("items: 1001 (expected: at most 1000)");
  }

  @Test
  void tellsOfEveryChangeInTheJournal() {
    Bookmark made = make("https://example.com/a");
    open.bookmarks().archive(ANNA, made.id());
    open.bookmarks().restore(ANNA, made.id());
    open.bookmarks().update(ANNA, made.id(), OptionalLong.empty(), draft -> draft.title("x"));
    open.bookmarks().update(ANNA, made.id(), OptionalLong.empty(), draft -> draft.title("x"));
    open.bookmarks().trash(ANNA, made.id(), OptionalLong.empty());
    open.bookmarks().untrash(ANNA, made.id());
    open.bookmarks().deleteForEver(ANNA, made.id(), OptionalLong.empty());
    List<BookmarkChange> changes = new ArrayList<>();
    for (Entry entry : open.slice.journal().read(0, 100)) {
      BookmarkChange.of(entry).ifPresent(changes::add);
    }
    assertThat(changes.stream().map(BookmarkChange::type))
        .containsExactly(
            BookmarkChange.Type.CREATED,
            BookmarkChange.Type.ARCHIVED,
            BookmarkChange.Type.RESTORED,
            BookmarkChange.Type.UPDATED,
            BookmarkChange.Type.TRASHED,
            BookmarkChange.Type.UNTRASHED,
            BookmarkChange.Type.DELETED);
    assertThat(changes.stream().map(BookmarkChange::version))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(changes).allMatch(change -> change.owner().equals(ANNA));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 9, 10, 11, 17, 19, 20, 1_000})
  void findsAPlaceFromEitherEnd(int offset) {
    for (int i = 0; i < 20; i++) {
      make("https://example.com/" + i);
      open.clock.advance(Duration.ofSeconds(1));
    }
    List<Bookmark> all =
        open.slice
            .lists()
            .of(ANNA, Status.ACTIVE, Sort.ADDED_DESCENDING, Optional.empty(), 100)
            .bookmarks();
    assertThat(
            open.slice.lists().at(ANNA, Status.ACTIVE, Sort.ADDED_DESCENDING, offset, 3, () -> {}))
        .isEqualTo(all.stream().skip(offset).limit(3).toList());
  }

  @Test
  void takesARemovedTagOffInTheBackgroundAlsoAfterARestart() {
    Tag tag = open.tags().ensure(ANNA, List.of("java")).getFirst();
    Bookmark made =
        open.bookmarks()
            .create(ANNA, BookmarkDraft.of("https://example.com").tags(List.of(tag.id())));
    open.slice.close();
    open.tags().delete(ANNA, tag.id());
    assertThat(open.tags().of(ANNA).resolve(made.tags())).isEmpty();
    reopen();
    Awaiting.until("the tag is off", () -> open.bookmarks().get(ANNA, made.id()).tags().isEmpty());
    Awaiting.until("the tag is forgotten", () -> !open.tags().of(ANNA).hasRemoved());
    assertThat(open.bookmarks().get(ANNA, made.id()).modifiedAt()).isEqualTo(made.modifiedAt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "https://example.com/\u0000", "a\nb"})
  void refusesUrlsThatCannotBeKept(String url) {
    assertThatThrownBy(() -> make(url))
        .isInstanceOf(ProblemException.class)
        .hasMessage("url_invalid: Invalid URL format");
  }

  @Test
  void refusesTextsThatCannotBeKept() {
    BookmarkDraft draft = BookmarkDraft.of("https://example.com");
    assertThatThrownBy(() -> open.bookmarks().create(ANNA, draft.title("\uD83D")))
        .hasMessage(
            "title_invalid: title: holds a NUL or half of a surrogate pair (expected: text)");
    assertThatThrownBy(() -> open.bookmarks().create(ANNA, draft.title("x".repeat(513))))
        .hasMessage("title_invalid: Title must be 512 characters or fewer");
    assertThatThrownBy(
            () -> open.bookmarks().create(ANNA, BookmarkDraft.of("x:" + "y".repeat(2_047))))
        .hasMessage("url_invalid: Url must be 2048 characters or fewer");
  }

  private Bookmark make(String url) {
    return open.bookmarks().create(ANNA, BookmarkDraft.of(url));
  }
}
