package dev.quarterdeck.bookmarks.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarterdeck.bookmarks.search.Fields.Text;
import dev.quarterdeck.bookmarks.search.SearchScope.States;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneIndexTest {
  @TempDir Path directory;

  /// The index against the evaluator, over several segments, with changed and removed bookmarks.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsExactlyWhatTheEvaluatorMatches(long seed) throws IOException {
    Samples samples = new Samples(seed);
    Map<String, Indexed> truth = new HashMap<>();
    try (LuceneIndex index = LuceneIndex.open(directory)) {
      for (int i = 0; i < 600; i++) {
        Indexed bookmark =
            samples.bookmark("b" + samples.random().nextInt(400), i % 3 == 0 ? "ann" : "bob");
        truth.put(bookmark.id(), bookmark);
        index.put(bookmark);
        if (i % 7 == 0) {
          String gone = "b" + samples.random().nextInt(400);
          truth.remove(gone);
          index.remove(gone);
        }
        if (i % 150 == 0) {
          index.refresh();
        }
      }
      index.refresh();
      for (int i = 0; i < 250; i++) {
        check(index, truth, samples.query(3), samples, "seed " + seed);
      }
    }
  }

  private static void check(
      LuceneIndex index, Map<String, Indexed> truth, Node query, Samples samples, String what)
      throws IOException {
    boolean wordsNameTags = samples.random().nextBoolean();
    States states = samples.one(List.of(States.values()));
    List<String> expected =
        truth.values().stream()
            .filter(bookmark -> bookmark.owner().equals("bob"))
            .filter(
                bookmark ->
                    states == States.BOTH || bookmark.archived() == (states == States.ARCHIVED))
            .filter(bookmark -> new Evaluator(bookmark, wordsNameTags).matches(query))
            .sorted(
                Comparator.comparing(Indexed::added).thenComparingLong(Indexed::number).reversed())
            .map(Indexed::id)
            .toList();
    SearchScope scope = new SearchScope.Own("bob", states);
    index.search(
        searcher -> {
          IndexSearch search =
              patient(
                  searcher,
                  new IndexQueries(new OwnerTags(Map.of("bob", Samples.tags())), wordsNameTags)
                      .of(scope, query));
          assertThat(search.page(Order.NEWEST, null, 0, 1000).ids())
              .as("%s: %s", what, QueryParserTest.shown(query))
              .isEqualTo(expected);
          assertThat(search.total()).isEqualTo(new IndexSearch.Total(expected.size(), true));
          assertThat(search.page(Order.RELEVANCE, null, 0, 1000).ids())
              .containsExactlyInAnyOrderElementsOf(expected);
          return true;
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NEWEST",
        "OLDEST",
        "LAST_MODIFIED",
        "FIRST_MODIFIED",
        "TITLE",
        "TITLE_REVERSED",
        "RELEVANCE"
      })
  void pagesJoinToTheWholeInEveryOrder(String order) throws IOException {
    Samples samples = new Samples(7);
    try (LuceneIndex index = LuceneIndex.open(directory)) {
      for (int i = 0; i < 300; i++) {
        index.put(samples.bookmark("b" + i, "ann"));
        if (i % 90 == 0) {
          index.refresh();
        }
      }
      index.refresh();
      index.search(
          searcher -> {
            Node query = new Node.Text(0, Node.Scope.ANYWHERE, "a");
            IndexSearch search =
                patient(
                    searcher,
                    new IndexQueries(new OwnerTags(Map.of()), false)
                        .of(new SearchScope.Own("ann", States.BOTH), query));
            Order by = Order.valueOf(order);
            List<String> whole = search.page(by, null, 0, 1000).ids();
            assertThat(whole).hasSizeGreaterThan(100).doesNotHaveDuplicates();
            List<String> joined = new ArrayList<>();
            @Nullable FieldDoc after = null;
            do {
              IndexSearch.Hits page = search.page(by, after, 0, 17);
              joined.addAll(page.ids());
              after = page.next().orElse(null);
            } while (after != null);
            assertThat(joined).isEqualTo(whole);
            assertThat(search.page(by, null, 50, 10).ids()).isEqualTo(whole.subList(50, 60));
            return true;
          });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Naïve Bayes | naive | yes",
        "Naive Bayes | NAÏVE | yes",
        "Straße | strasse | yes",
        "東京都庁 | 京都 | yes",
        "東京都庁 | 東 | yes",
        "東京都庁 | 都庁の | no",
        "ﬁle | file | yes",
        "ＦＵＬＬ width | full | yes",
        "한국어 | 국 | yes",
        "C++ primer | c++ | yes",
        "C primer | c++ | no",
        "snake_case_name | ke_ca | yes",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaab | aaaaaaaaaaaaaaaaaaaab | yes",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaab | aaaaaaaaaaaaaaaaaaaaaaaaaaaab | no",
        "x😀y | 😀 | yes",
        "Cafe\u0301 | café | yes",
        "e.g. this | e.g. | yes",
        "ΣΊΣΥΦΟΣ | σισυφος | yes",
        "İstanbul | istanbul | yes",
      })
  void findsPartsOfTextWhateverItsForm(String title, String needle, String found)
      throws IOException {
    try (LuceneIndex index = LuceneIndex.open(directory)) {
      index.put(titled(1, title));
      index.refresh();
      assertThat(ids(index, needle)).isEqualTo(found.equals("yes") ? List.of("b1") : List.of());
    }
  }

  @Test
  void ranksTitleBeforeAddressBeforeDescriptionBeforeNotes() throws IOException {
    try (LuceneIndex index = LuceneIndex.open(directory)) {
      for (Text text : Text.ALL) {
        index.put(
            new Indexed(
                text.field,
                text.ordinal(),
                "ann",
                text == Text.URL ? "http://kiwi.org/" : "http://a.org/",
                text == Text.TITLE ? "Kiwi" : "a",
                text == Text.DESCRIPTION ? "Kiwi" : "a",
                text == Text.NOTES ? "Kiwi" : "a",
                List.of(),
                false,
                false,
                false,
                false,
                Samples.START.plusSeconds(text.ordinal()),
                Samples.START));
      }
      index.refresh();
      assertThat(ids(index, "kiwi")).containsExactly("title", "url", "description", "notes");
    }
  }

  @Test
  void countsTagsAndSitesOfAllMatches() throws IOException {
    Samples samples = new Samples(5);
    List<Indexed> all =
        Stream.iterate(0, i -> i + 1)
            .limit(200)
            .map(i -> samples.bookmark("b" + i, "ann"))
            .toList();
    try (LuceneIndex index = LuceneIndex.open(directory)) {
      for (Indexed bookmark : all) {
        index.put(bookmark);
      }
      index.refresh();
      Facets facets =
          index.search(
              searcher ->
                  patient(
                          searcher,
                          new IndexQueries(new OwnerTags(Map.of()), false)
                              .of(new SearchScope.Own("ann", States.BOTH), new Node.All(0)))
                      .facets());
      for (Facets.Count tag : facets.tags()) {
        assertThat(tag.count())
            .isEqualTo(
                (int)
                    all.stream()
                        .filter(b -> b.tags().stream().anyMatch(t -> t.id().equals(tag.value())))
                        .count());
      }
      assertThat(facets.tags()).hasSize(Samples.tags().size());
      assertThat(facets.untagged())
          .isEqualTo((int) all.stream().filter(b -> b.tags().isEmpty()).count());
      assertThat(facets.unread()).isEqualTo((int) all.stream().filter(Indexed::unread).count());
      assertThat(facets.archived()).isEqualTo((int) all.stream().filter(Indexed::archived).count());
      assertThat(facets.sites().stream().mapToInt(Facets.Count::count).sum()).isEqualTo(200);
    }
  }

  @Test
  void keepsItsPositionAndContentOverAReopening() throws IOException {
    assertThat(LuceneIndex.committedPosition(directory)).isEqualTo(-1);
    try (LuceneIndex index = LuceneIndex.open(directory)) {
      index.put(titled(1, "committed"));
      index.commit(41);
      index.put(titled(2, "lost"));
    }
    assertThat(LuceneIndex.committedPosition(directory)).isEqualTo(41);
    try (LuceneIndex index = LuceneIndex.open(directory)) {
      assertThat(index.size()).isEqualTo(1);
      assertThat(ids(index, "committed")).containsExactly("b1");
    }
  }

  private static Indexed titled(long number, String title) {
    return new Indexed(
        "b" + number,
        number,
        "ann",
        "http://h.org/",
        title,
        "",
        "",
        List.of(),
        false,
        false,
        false,
        false,
        Samples.START,
        Samples.START);
  }

  private static List<String> ids(LuceneIndex index, String needle) throws IOException {
    return index.search(
        searcher ->
            patient(
                    searcher,
                    new IndexQueries(new OwnerTags(Map.of()), false)
                        .of(
                            new SearchScope.Own("ann", States.BOTH),
                            new Node.Text(0, Node.Scope.ANYWHERE, needle)))
                .page(Order.RELEVANCE, null, 0, 100)
                .ids());
  }

  /// A search that never gives up: a busy machine may be slow.
  private static IndexSearch patient(IndexSearcher searcher, Query query) throws IOException {
    long forever = Long.MAX_VALUE / 4;
    return new IndexSearch(searcher, query, forever, forever);
  }
}
