package dev.quarterdeck.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarterdeck.store.Change;
import dev.quarterdeck.store.Change.Urgency;
import dev.quarterdeck.store.Document;
import dev.quarterdeck.store.Kind;
import dev.quarterdeck.store.Query;
import dev.quarterdeck.store.StoreException;
import dev.quarterdeck.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final Kind BEFORE = kind(Kind.text("color"), Kind.integer("size"));

  @TempDir private Path directory = Path.of("");

  @Test
  void refusesAFileOfANewerVersion() throws Exception {
    open(Map.of(), BEFORE).close();
    sql("PRAGMA user_version = 7");

    assertThatThrownBy(() -> open(Map.of(), BEFORE))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "%s/test.db: schema version 7 (expected: at most 1); a newer Quarterdeck wrote it:"
                + " start that version, or restore a backup from before the update",
            directory.toRealPath());
  }

  @Test
  void refusesADatabaseOfAnotherProgram() throws Exception {
    sql("CREATE TABLE bookmarks(url TEXT)");

    assertThatThrownBy(() -> open(Map.of(), BEFORE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("test.db: a database of another program (expected: one written by");
  }

  @Test
  void fillsANewFieldThroughTheGivenFunction() throws Exception {
    fill(1_234);
    Kind after = kind(Kind.text("color"), Kind.integer("size"), Kind.unique("label"));
    Backfill backfill =
        body -> Map.of("label", "label of " + new String(body, StandardCharsets.UTF_8));

    try (SqliteStore store = open(Map.of("thing", backfill), after)) {
      assertThat(ids(store, after, new Query.Equal("label", "label of body 777")))
          .containsExactly("t777");
      assertThat(store.documents().find(after, "t5").orElseThrow().indexed())
          .isEqualTo(Map.of("color", "red", "size", 5L, "label", "label of body 5"));
    }
    open(Map.of(), after).close();
  }

  @Test
  void refusesANewFieldWithoutAFunctionWhenThereAreDocuments() throws Exception {
    Kind after = kind(Kind.text("color"), Kind.integer("size"), Kind.text("label"));
    open(Map.of(), BEFORE).close();
    open(Map.of(), after).close();
    open(Map.of(), BEFORE).close();
    fill(3);

    assertThatThrownBy(() -> open(Map.of(), after))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "test.db: documents of the kind thing lack the new indexed field label (expected: a"
                + " Backfill for the kind)");
    try (SqliteStore store = open(Map.of(), BEFORE)) {
      assertThat(store.documents().count(BEFORE, List.of())).isEqualTo(3);
    }
  }

  @Test
  void dropsAFieldThatIsNoLongerDeclared() throws Exception {
    fill(2);
    Kind after = kind(Kind.integer("size"));

    try (SqliteStore store = open(Map.of(), after)) {
      assertThat(store.documents().find(after, "t1").orElseThrow().indexed())
          .isEqualTo(Map.of("size", 1L));
    }
  }

  @Test
  void refusesAFieldThatBecomesUniqueOverEqualValues() throws Exception {
    fill(2);
    Kind after = kind(Kind.unique("color"), Kind.integer("size"));

    assertThatThrownBy(() -> open(Map.of(), after))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "documents of the kind thing share values of color, now declared unique (expected: no"
                + " two alike)");
    open(Map.of(), BEFORE).close();
  }

  @Test
  void readsAListOfOneOwnerByTimeFromAnIndexAlone() throws Exception {
    try (SqliteStore store = open(Map.of(), BEFORE)) {
      assertThat(plan(store, "f_color = 'red' ORDER BY f_size DESC, id DESC"))
          .containsExactly("SEARCH d_thing USING INDEX i_thing__color__size (f_color=?)");
      assertThat(
              plan(
                  store,
                  "f_color = 'red' AND (f_size, id) < (5, 'x') ORDER BY f_size DESC, id DESC"))
          .containsExactly(
              "SEARCH d_thing USING INDEX i_thing__color__size (f_color=? AND (f_size,id)<(?,?))");
      assertThat(plan(store, "f_color = 'red' ORDER BY id"))
          .containsExactly("SEARCH d_thing USING INDEX i_thing__color (f_color=?)");
    }
  }

  private static List<String> plan(SqliteStore store, String where) {
    return store
        .area("main")
        .read(
            session -> {
              List<String> steps = new ArrayList<>();
              try (var row =
                  session
                      .prepare("EXPLAIN QUERY PLAN SELECT body FROM d_thing WHERE " + where)
                      .executeQuery()) {
                while (row.next()) {
                  steps.add(row.getString("detail"));
                }
              }
              return steps;
            });
  }

  @Test
  void refusesDeclarationsThatAreNoNames() {
    assertThatThrownBy(() -> open(Map.of(), kind(Kind.text("a\" TEXT); DROP"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("field: thing.a\" TEXT); DROP (expected: lower-case letters");
    assertThatThrownBy(() -> open(Map.of(), kind(Kind.text("a"), Kind.text("a"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> open(Map.of(), new Kind("frames", "thing", List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("area: frames");
    assertThatThrownBy(() -> open(Map.of(), BEFORE, new Kind("other", "thing", List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kind: thing");
  }

  @Test
  void keepsAreasInFilesOfTheirOwn() throws Exception {
    Kind link = new Kind("bookmarks", "link", List.of());
    try (SqliteStore store = open(Map.of(), BEFORE, link)) {
      store
          .documents()
          .commit(
              new Change.Put(
                  link, new Document("l1", 0, Map.of(), new byte[0]), 0, List.of(), Urgency.BULK));
      assertThat(store.documents().find(link, "l1")).isPresent();
      assertThat(store.journal("bookmarks").last()).isZero();
      assertThatThrownBy(() -> store.journal("frames"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(directory.resolve("test-bookmarks.db")).isRegularFile();
  }

  private void fill(int documents) throws Exception {
    try (SqliteStore store = open(Map.of(), BEFORE)) {
      for (int i = 0; i < documents; i++) {
        byte[] body = ("body " + i).getBytes(StandardCharsets.UTF_8);
        Document document =
            new Document("t" + i, 0, Map.of("color", "red", "size", (long) i), body);
        store
            .documents()
            .commit(new Change.Put(BEFORE, document, 0, List.of(), Urgency.INTERACTIVE));
      }
    }
  }

  private static List<String> ids(SqliteStore store, Kind kind, Query.Condition condition) {
    Query query = new Query(kind, List.of(condition), "id", false, 10, Optional.empty());
    return store.documents().find(query).documents().stream().map(Document::id).toList();
  }

  private SqliteStore open(Map<String, Backfill> backfills, Kind... kinds) {
    return SqliteStore.open(directory, "test", List.of(kinds), backfills, TestClock.atNoon());
  }

  private void sql(String statement) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("test.db"));
        var prepared = connection.createStatement()) {
      prepared.execute(statement);
    }
  }

  private static Kind kind(Kind.Field... fields) {
    return new Kind("main", "thing", List.of(fields));
  }
}
