package dev.quarterdeck.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.Query.Condition;
import dev.quarterdeck.store.Query.Cursor;
import dev.quarterdeck.store.Query.Equal;
import dev.quarterdeck.store.Query.OneOf;
import dev.quarterdeck.store.Query.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every implementation of [Documents] finds. Absent values come first in an ascending order;
/// text is ordered by its bytes in UTF-8.
public abstract class QueryContract {
  private static final Kind NOTE = DocumentsContract.NOTE;

  /// The store under test, empty at the start of each test, opened with [DocumentsContract#NOTE]
  /// before this class's own set-up: in the constructor.
  protected abstract Documents documents();

  @BeforeEach
  void fill() throws Exception {
    write("n1", "ann", 30L);
    write("n2", "bob", 10L);
    write("n3", "ann", null);
    write("n4", "Zoë", 20L);
    write("n5", "bob", 20L);
    write("n6", "bob", null);
    write("n7", null, -5L);
  }

  @Test
  void ordersByAFieldThenById() {
    assertThat(ids(all("created", false))).isEqualTo("n3 n6 n7 n2 n4 n5 n1");
    assertThat(ids(all("created", true))).isEqualTo("n1 n5 n4 n2 n7 n6 n3");
    assertThat(ids(all("owner", false))).isEqualTo("n7 n4 n1 n3 n2 n5 n6");
    assertThat(ids(all("id", true))).isEqualTo("n7 n6 n5 n4 n3 n2 n1");
  }

  @Test
  void skipsToWhereAPageWouldStart() {
    for (String sort : List.of("created", "owner", "slug", "id")) {
      for (boolean descending : List.of(false, true)) {
        List<Document> whole = all(sort, descending);
        Query query = new Query(NOTE, List.of(), sort, descending, 10, Optional.empty());
        for (int count = 1; count <= whole.size(); count++) {
          Optional<Query.Cursor> place = documents().skip(query, count);
          assertThat(place).as("%s descending=%s behind %d", sort, descending, count).isPresent();
          Query rest = new Query(NOTE, List.of(), sort, descending, 10, place);
          assertThat(ids(documents().find(rest).documents()))
              .isEqualTo(ids(whole.subList(count, whole.size())));
          for (int more = 1; count + more <= whole.size(); more++) {
            assertThat(documents().skip(rest, more))
                .isEqualTo(documents().skip(query, count + more));
          }
        }
        assertThat(documents().skip(query, whole.size() + 1)).isEmpty();
      }
    }
    Query range =
        new Query(
            NOTE, List.of(new Query.Range("slug", "", null)), "slug", true, 10, Optional.empty());
    assertThat(ids(documents().find(range).documents()))
        .isEqualTo(
            ids(all("slug", true).stream().filter(d -> d.indexed().containsKey("slug")).toList()));
  }

  @Test
  void givesTheSameOrderInPagesOfEverySize() {
    for (String sort : List.of("created", "owner", "slug", "id")) {
      for (boolean descending : List.of(false, true)) {
        List<Document> whole = all(sort, descending);
        for (int size = 1; size <= 8; size++) {
          assertThat(ids(paged(sort, descending, size, List.of())))
              .as("%s descending=%s in pages of %d", sort, descending, size)
              .isEqualTo(ids(whole));
        }
      }
    }
  }

  @Test
  void endsWithoutACursorAndKnowsWhenThereIsMore() {
    assertThat(documents().find(query(List.of(), "id", false, 7, null)).next()).isEmpty();
    assertThat(documents().find(query(List.of(), "id", false, 6, null)).next())
        .contains(new Cursor("n6", "n6"));
    assertThat(documents().find(query(List.of(), "created", false, 2, null)).next())
        .contains(new Cursor(null, "n6"));
  }

  @Test
  void meetsAllConditions() {
    assertThat(found(new Equal("owner", "bob"))).isEqualTo("n2 n5 n6");
    assertThat(found(new Equal("owner", "bob"), new Equal("created", 20L))).isEqualTo("n5");
    assertThat(found(new OneOf("created", List.of(10L, 30L, 99L)))).isEqualTo("n1 n2");
    assertThat(found(new OneOf("owner", List.of("ann", "Zoë")))).isEqualTo("n1 n3 n4");
    assertThat(found(new OneOf("owner", List.of()))).isEmpty();
    assertThat(found(new Equal("owner", "BOB"))).isEmpty();
    assertThat(found(new Equal("owner", "b' OR '1'='1"))).isEmpty();
  }

  @Test
  void includesTheLowerEndOfARangeOnly() {
    assertThat(found(new Range("created", 10L, 20L))).isEqualTo("n2");
    assertThat(found(new Range("created", 20L, null))).isEqualTo("n1 n4 n5");
    assertThat(found(new Range("created", null, 20L))).isEqualTo("n2 n7");
    assertThat(found(new Range("owner", "a", "b"))).isEqualTo("n1 n3");
    assertThat(found(new Range("owner", null, null))).isEqualTo("n1 n2 n3 n4 n5 n6 n7");
  }

  @Test
  void combinesConditionsWithPages() {
    List<Condition> bobs = List.of(new Equal("owner", "bob"));
    assertThat(ids(paged("created", true, 1, bobs))).isEqualTo("n5 n2 n6");
    assertThat(ids(paged("created", false, 2, bobs))).isEqualTo("n6 n2 n5");
  }

  @Test
  void countsWhatTheSearchWouldFind() {
    assertThat(documents().count(NOTE, List.of())).isEqualTo(7);
    assertThat(documents().count(NOTE, List.of(new Equal("owner", "bob")))).isEqualTo(3);
    assertThat(documents().count(NOTE, List.of(new Equal("owner", "eve")))).isZero();
  }

  @Test
  void refusesQueriesOutsideTheClosedForm() {
    assertThatThrownBy(() -> documents().find(query(List.of(), "created", false, 0, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: 0 (expected: 1 to 10000)");
    assertThatThrownBy(() -> documents().find(query(List.of(), "id", false, 10_001, null)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> found(new Equal("body", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("note.body: not a declared field");
    assertThatThrownBy(() -> found(new Equal("created", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("note.created: a String in a field of INTEGER");
    assertThatThrownBy(() -> all("created; DROP TABLE d_note", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void write(String id, @Nullable String owner, @Nullable Long created) throws Exception {
    Map<String, Object> indexed = new HashMap<>();
    indexed.put("slug", "s" + id);
    if (owner != null) {
      indexed.put("owner", owner);
    }
    if (created != null) {
      indexed.put("created", created);
    }
    Document document = new Document(id, 0, indexed, new byte[] {'{', '}'});
    documents().commit(new Change.Put(NOTE, document, 0, List.of(), Change.Urgency.INTERACTIVE));
  }

  private String found(Condition... conditions) {
    return ids(documents().find(query(List.of(conditions), "id", false, 100, null)).documents());
  }

  private List<Document> all(String sort, boolean descending) {
    return documents().find(query(List.of(), sort, descending, 100, null)).documents();
  }

  private List<Document> paged(
      String sort, boolean descending, int size, List<Condition> conditions) {
    List<Document> documents = new ArrayList<>();
    Optional<Cursor> from = Optional.empty();
    do {
      Documents.Page page =
          documents().find(query(conditions, sort, descending, size, from.orElse(null)));
      assertThat(page.documents()).hasSizeLessThanOrEqualTo(size);
      documents.addAll(page.documents());
      from = page.next();
    } while (from.isPresent() && documents.size() < 100);
    return documents;
  }

  private static Query query(
      List<Condition> conditions,
      String sort,
      boolean descending,
      int limit,
      @Nullable Cursor from) {
    return new Query(NOTE, conditions, sort, descending, limit, Optional.ofNullable(from));
  }

  private static String ids(List<Document> documents) {
    return String.join(" ", documents.stream().map(Document::id).toList());
  }
}
